"""The editor lets a draft be incomplete, and says at each field what stands in the way of publishing."""

import pytest
from django.urls import reverse

from cms.models import NotPublishable
from courses.models import LessonPage
from handbook.models import ChapterPage
from tests.factories.forms import chapter_form, lesson_form, step_form
from tests.factories.pages import (
    a_book,
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    shared,
    stream,
)
from tests.html import parsed

NOTE = "涉及钱或个人信息"


@pytest.fixture
def create_lesson(admin):
    """Posts a new lesson and returns the answer."""
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", a_module().pk])
    return lambda *args, **values: admin.post(address, lesson_form(*args, **values))


@pytest.fixture
def edit(admin):
    """Posts a form to a page's editor and returns the answer."""
    return lambda page, form: admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def errors_at(response, field: str) -> str:
    """Return what the editor says at a field."""
    form = response.context["form"]
    return " ".join(str(error) for error in form.errors.get(field, []))


def test_complete_lesson_goes_on_line(create_lesson):
    response = create_lesson(step_form(), action="action-publish")
    assert response.status_code == 302
    lesson = LessonPage.objects.get()
    assert (lesson.live, lesson.code, lesson.slug) == (True, "SCAN-1", "wei-xin-sao-yi-sao")


def test_draft_may_lack_everything(create_lesson):
    response = create_lesson(goal="", main_scenario="", touches_money_or_privacy="on")
    assert response.status_code == 302
    lesson = LessonPage.objects.get()
    assert (lesson.live, lesson.code, lesson.goal) == (False, None, "")
    assert lesson.get_latest_revision_as_object().touches_money_or_privacy


@pytest.mark.parametrize(
    ("steps", "values", "field", "words"),
    [
        ([step_form()], {"main_scenario": ""}, "main_scenario", "主要场景"),
        ([step_form()], {"goal": ""}, "goal", ""),
        ([], {}, "steps", "还没有步骤"),
        ([step_form()], {"touches_money_or_privacy": "on"}, "safety_note", NOTE),
        ([step_form()], {"touches_money_or_privacy": "on", "safety_note": "  \n "}, "safety_note", NOTE),
        ([step_form(caution={"kind": "money", "text": "看清多少钱。"})], {}, "safety_note", NOTE),
        ([step_form(caution={"kind": "privacy", "text": "不告诉人。"})], {}, "safety_note", NOTE),
    ],
)
def test_incomplete_lesson_is_refused_at_the_field(create_lesson, steps, values, field, words):
    response = create_lesson(*steps, action="action-publish", usual_mistake="常常点错。", **values)
    assert response.status_code == 200
    assert errors_at(response, field)
    assert words in errors_at(response, field)
    assert not LessonPage.objects.exists()
    html = parsed(response)
    assert html.one('[name="title"]')["value"] == "微信扫一扫"
    assert "常常点错。" in html.one('[name="usual_mistake"]').text
    kept = [block.value["do"] for block in response.context["form"].instance.steps]
    assert kept == ["点右上角的小加号。"] * len(steps)


def test_all_that_is_missing_is_said_at_once(create_lesson):
    response = create_lesson(action="action-publish", main_scenario="", touches_money_or_privacy="on")
    assert {"main_scenario", "steps", "safety_note"} <= set(response.context["form"].errors)


@pytest.mark.parametrize(
    ("steps", "values"),
    [
        ([step_form(caution={"kind": "scam", "text": "骗子。"})], {}),
        ([step_form(caution={"kind": "money", "text": "钱。"})], {"safety_note": "看清楚再付。"}),
    ],
)
def test_what_is_complete_is_not_refused(create_lesson, steps, values):
    assert create_lesson(*steps, action="action-publish", **values).status_code == 302
    assert LessonPage.objects.get().live


def test_published_lesson_is_not_published_worse(edit):
    lesson = a_lesson()
    response = edit(lesson, lesson_form(action="action-publish", title=lesson.title))
    assert "还没有步骤" in errors_at(response, "steps")
    lesson.refresh_from_db()
    assert len(lesson.steps) == 1


def test_draft_of_a_published_lesson_may_lack_everything(edit, client):
    lesson = a_lesson()
    assert edit(lesson, lesson_form(main_scenario="", title="新名字")).status_code == 302
    lesson.refresh_from_db()
    assert lesson.has_unpublished_changes
    assert "新名字" not in client.get(lesson.url).content.decode()


def test_unknown_scenario_is_refused(create_lesson):
    response = create_lesson(step_form(), main_scenario="moon")
    assert response.status_code == 200
    assert errors_at(response, "main_scenario")


def test_lesson_with_an_unpublished_shared_step_is_refused(edit):
    waiting = a_shared_step(live=False, title="等审核")
    lesson = a_lesson(live=False)
    response = edit(lesson, lesson_form(("shared_step", str(waiting.pk)), action="action-publish"))
    assert "等审核" in errors_at(response, "steps")


def test_shared_steps_money_caution_asks_for_a_safety_note(edit):
    paying = a_shared_step(body=drawn_step(caution={"kind": "money", "text": "看清多少钱。"}))
    lesson = a_lesson(live=False)
    response = edit(lesson, lesson_form(("shared_step", str(paying.pk)), action="action-publish"))
    assert NOTE in errors_at(response, "safety_note")


def test_designer_cannot_send_an_incomplete_lesson_to_review(designer):
    lesson = a_lesson(live=False)
    form = lesson_form(action="action-submit", title=lesson.title)
    response = designer.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)
    assert "还没有步骤" in errors_at(response, "steps")
    assert not lesson.workflow_in_progress


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_chapter_without_body(admin, action):
    address = reverse("wagtailadmin_pages:add", args=["handbook", "chapterpage", a_book().pk])
    response = admin.post(address, chapter_form(action=action))
    if action:
        assert "还没有内容" in errors_at(response, "body")
        assert not ChapterPage.objects.exists()
    else:
        assert response.status_code == 302
        assert not ChapterPage.objects.get().live


def test_chapter_with_a_paragraph_goes_on_line(admin):
    address = reverse("wagtailadmin_pages:add", args=["handbook", "chapterpage", a_book().pk])
    response = admin.post(address, chapter_form(("paragraph", "一段话。"), action="action-publish"))
    assert response.status_code == 302
    assert ChapterPage.objects.get().live


def test_chapters_deleted_shared_step_is_named(db):
    step = a_shared_step()
    chapter = a_chapter(live=False, body=stream(shared(step)))
    type(step).objects.filter(pk=step.pk)._raw_delete("default")
    with pytest.raises(NotPublishable, match="找不到"):
        type(chapter).objects.get(pk=chapter.pk).save_revision().publish()
