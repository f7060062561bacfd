"""核对日期 on many pages at once: readers see it, drafts keep it, nothing else happens."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage
from handbook.models import ChapterPage
from tests.factories.pages import a_chapter, a_lesson, a_module
from tests.factories.people import a_designer, a_reviewer

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 20)
FILLED = {
    "checked_on": "2026-11-20",
    "checked_phones": "红米 12",
    "checked_apps": "",
    "review_by": "2027-05-20",
}


def address(*pages) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "set_checked"])
        + f"?next=/admin/lessons/&{chosen}"
    )


@pytest.fixture
def reviewer(client):
    """A browser in which a reviewer is logged in."""
    client.force_login(a_reviewer())
    return client


def test_lessons_and_chapters_with_and_without_drafts(reviewer):
    plain, drafted, chapter = a_lesson(checked_apps="微信 8"), a_lesson(goal="在线的话。"), a_chapter()
    draft = drafted.get_latest_revision_as_object()
    draft.goal = "写了一半。"
    draft.save_revision()
    answer = reviewer.post(address(plain, drafted, chapter), FILLED, follow=True)
    assert "3 页设好了，读者已经看得到。" in answer.content.decode()
    for page in (
        LessonPage.objects.get(pk=plain.pk),
        LessonPage.objects.get(pk=drafted.pk),
        ChapterPage.objects.get(),
    ):
        assert (page.checked_on, page.checked_phones, page.review_by) == (
            DAY,
            "红米 12",
            datetime.date(2027, 5, 20),
        )
        assert page.get_latest_revision_as_object().checked_on == DAY
    assert LessonPage.objects.get(pk=plain.pk).checked_apps == "微信 8"
    kept = LessonPage.objects.get(pk=drafted.pk)
    assert (kept.goal, kept.get_latest_revision_as_object().goal) == ("在线的话。", "写了一半。")


def test_a_designer_sets_it_in_the_draft(client):
    client.force_login(a_designer())
    lesson = a_lesson()
    answer = client.post(address(lesson), FILLED, follow=True)
    assert "1 页设在草稿里" in answer.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).checked_on is None


def test_what_cannot_be_set_is_said_before(reviewer):
    lesson, module = a_lesson(title="能设的"), a_module(title="不能设的")
    text = reviewer.get(address(lesson, module)).content.decode()
    assert "不能设的：这一页没有核对日期。" in text
    reviewer.post(address(lesson, module), FILLED)
    assert LessonPage.objects.get(pk=lesson.pk).checked_on == DAY


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({}, "至少填一项"),
        ({"checked_on": "2026-11-20", "review_by": "2026-11-20"}, "下次核对要在核对日期后面"),
        ({"checked_on": "昨天"}, "日期"),
    ],
)
def test_what_makes_no_sense_is_refused(filled, words, reviewer):
    lesson = a_lesson()
    assert words in reviewer.post(address(lesson), filled).content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).checked_on is None


def test_all_of_a_list_is_not_all_of_the_site(reviewer):
    lesson = a_lesson()
    url = (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "set_checked"])
        + "?id=all&next=/admin/lessons/"
    )
    answer = reviewer.post(url, FILLED, follow=True)
    assert "一次只能选这一屏里看得到的页面" in answer.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).checked_on is None


def test_setting_it_again_changes_nothing(reviewer):
    lesson = a_lesson()
    reviewer.post(address(lesson), FILLED)
    revisions = lesson.revisions.count()
    answer = reviewer.post(address(lesson), FILLED, follow=True)
    assert "没有要改的" in answer.content.decode()
    assert lesson.revisions.count() == revisions


def test_the_list_offers_it(reviewer):
    a_lesson(review_by=timezone.localdate())
    assert "设核对日期" in reviewer.get("/admin/lessons/").content.decode()
