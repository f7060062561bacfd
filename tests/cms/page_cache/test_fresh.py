"""Whatever changes, the very next request on every node gets what Django would draw now."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.enums import HandbookKind
from cms.models import ContentDocument, ContentImage, DrawnScreen, ScenarioPage, SharedStep, SiteSettings
from cms.services.publishing import publish_due
from courses.models import LessonPage
from tests.factories.forms import lesson_form, step_form
from tests.factories.images import an_image
from tests.factories.nodes import Node, freshly_drawn
from tests.factories.pages import (
    a_book,
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    photo_step,
    shared,
    step,
    stream,
)
from tests.factories.people import an_admin

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def publish(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def a_published_lesson():
    lesson = a_lesson()
    return lesson.url, lambda: publish(lesson, title="换了名字")


def a_lesson_taken_off_line():
    lesson = a_lesson()
    return lesson.url, lesson.unpublish


def a_deleted_lesson_on_its_module():
    module = a_module()
    lesson = a_lesson(module)
    return module.url, lambda: LessonPage.objects.get(pk=lesson.pk).delete()


def a_new_chapter_in_its_book():
    book = a_book(HandbookKind.VOLUNTEERS)
    return book.url, lambda: a_chapter(book, title="新的一章")


def a_lesson_whose_module_moved():
    module = a_module()
    lesson = a_lesson(module)
    return lesson.url, lambda: publish(module, slug="anderswo")


def an_order_of_lessons():
    module = a_module()
    first, second = a_lesson(module), a_lesson(module)
    return module.url, lambda: Page.objects.get(pk=second.pk).move(Page.objects.get(pk=first.pk), pos="left")


def a_lesson_moved_away():
    lesson = a_lesson()
    elsewhere = a_module()
    return lesson.url, lambda: Page.objects.get(pk=lesson.pk).move(Page.objects.get(pk=elsewhere.pk))


def a_scenario_a_lesson_was_put_under():
    lesson = a_lesson()
    also = ScenarioPage.objects.get(scenario="chat")
    return also.url, lambda: publish(lesson, also_scenarios=[also])


def a_shared_step_on_a_lesson():
    shared_step = a_shared_step(body=step(do="点旧的。"))
    lesson = a_lesson(steps=stream(shared(shared_step)))
    return lesson.url, lambda: publish(shared_step, body=stream(step(do="点新的。")))


def the_settings_of_the_site():
    return a_lesson().url, lambda: SiteSettings(pk=SiteSettings.load().pk, hotline="96110").save()


def the_address_of_the_site():
    return "/sitemap.xml", lambda: Site(
        pk=Site.objects.get().pk, hostname="xue.example", port=443, root_page_id=_home(), is_default_site=True
    ).save()


def _home() -> int:
    return Site.objects.get().root_page_id


def a_picture_exchanged():
    image = an_image()
    lesson = a_lesson(steps=stream(photo_step(image)))
    return lesson.url, lambda: _exchange(image)


def _exchange(image: ContentImage) -> None:
    picture = BytesIO()
    Image.new("RGB", (80, 90), "black").save(picture, "PNG")
    image.renditions.all().delete()
    image.file = ContentFile(picture.getvalue(), "other.png")
    image.save()


def a_recording_exchanged():
    recording = ContentDocument.objects.create(title="录音", file=ContentFile(b"x", "old.mp3"))
    lesson = a_lesson(steps=stream(step(recording=recording.pk)))
    recording.file = ContentFile(b"y", "new.mp3")
    return lesson.url, recording.save


def a_redirect_taken_away():
    target = a_lesson()
    redirect = Redirect.objects.create(old_path="/alt", redirect_page=target)
    return "/alt/", redirect.delete


def a_redirect_laid_over_a_missing_page():
    target = a_lesson()
    return "/alt/", lambda: Redirect.objects.create(old_path="/alt", redirect_page=target)


def a_plan_that_came_due():
    lesson = a_lesson()
    lesson.title, lesson.go_live_at = "到点上线", timezone.now() - timedelta(minutes=1)
    lesson.save_revision(approved_go_live_at=lesson.go_live_at)
    return lesson.url, lambda: publish_due(now=timezone.now())


def an_update_of_many_rows():
    lesson = a_lesson()
    return lesson.url, lambda: LessonPage.objects.filter(pk=lesson.pk).update(goal="一次改了很多行。")


CHANGES = [
    a_published_lesson,
    a_lesson_taken_off_line,
    a_deleted_lesson_on_its_module,
    a_new_chapter_in_its_book,
    a_lesson_whose_module_moved,
    an_order_of_lessons,
    a_lesson_moved_away,
    a_scenario_a_lesson_was_put_under,
    a_shared_step_on_a_lesson,
    the_settings_of_the_site,
    the_address_of_the_site,
    a_picture_exchanged,
    a_recording_exchanged,
    a_redirect_taken_away,
    a_redirect_laid_over_a_missing_page,
    a_plan_that_came_due,
    an_update_of_many_rows,
]


@pytest.mark.parametrize("changing", CHANGES, ids=lambda changing: changing.__name__)
def test_the_next_request_on_both_nodes_is_fresh(changing):
    address, change = changing()
    nodes = [Node(), Node()]
    before = [node.get(address) for node in nodes for _ in range(2)]
    assert {received.body for received in before} == {before[0].body}
    change()
    now = freshly_drawn(address)
    assert (now.status, now.body) != (before[0].status, before[0].body)
    for node in nodes:
        received = node.get(address)
        assert (received.status, received.body) == (now.status, now.body)


def test_without_a_change_a_page_is_drawn_once():
    lesson = a_lesson()
    node = Node()
    assert {node.get(lesson.url).body for _ in range(3)} == {freshly_drawn(lesson.url).body}
    assert node.drawn == 1


def test_a_reviewer_publishes_and_the_next_reader_sees_it(client):
    lesson = a_lesson(title="旧名字")
    node = Node()
    node.get(lesson.url)
    client.force_login(an_admin())
    form = lesson_form(step_form(), action="action-publish", title="新名字", slug=lesson.slug)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client.post(address, form | {"safety_note": "先看清楚。", "offline_way": "", "usual_mistake": ""})
    assert "新名字" in node.get(lesson.url).text


def drafts_of_what_is_on_line(lesson):
    lesson.title = "草稿"
    lesson.save_revision()


def drafts_of_a_shared_step(lesson):
    shared_step = SharedStep.objects.get(key="on-it")
    shared_step.title = "写着"
    shared_step.save_revision()


def drafts_that_were_never_on_line(lesson):
    draft = LessonPage.objects.get(live=False)
    for title in ("写", "写着", "写好了"):
        draft.title = title
        draft.save()
        draft.save_revision()


def people_who_log_in(lesson):
    user = an_admin()
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])


UNSEEN = [
    drafts_of_what_is_on_line,
    drafts_that_were_never_on_line,
    drafts_of_a_shared_step,
    people_who_log_in,
]


@pytest.mark.parametrize("working", UNSEEN)
def test_work_nobody_can_see_leaves_the_kept_pages_alone(working):
    a_lesson(live=False)
    lesson = a_lesson(steps=stream(shared(a_shared_step(key="on-it"))))
    node = Node()
    node.get(lesson.url)
    working(lesson)
    node.get(lesson.url)
    assert node.drawn == 1


def test_a_draft_above_pages_on_line_is_seen_by_its_address():
    """Pages below one that is off line keep their addresses, and those hang on its own."""
    module = a_module()
    lesson = a_lesson(module)
    module.refresh_from_db()
    module.unpublish()
    node = Node()
    assert node.get(lesson.url).status == freshly_drawn(lesson.url).status
    module.slug = "umgezogen"
    module.save()
    assert node.get(lesson.url).status == freshly_drawn(lesson.url).status != 200
    moved = LessonPage.objects.get(pk=lesson.pk).url
    assert node.get(moved).status == freshly_drawn(moved).status


def test_a_lesson_of_drawn_screens_is_kept_by_its_first_reader():
    """Drawing puts rows away; that must not make the page look old."""
    lesson = a_lesson(steps=stream(drawn_step("大字 你好")))
    DrawnScreen.objects.all().delete()
    node = Node()
    node.get(lesson.url)
    node.get(lesson.url)
    assert node.drawn == 1


def test_another_day_draws_the_page_again():
    """Pages say what is over and what is still to come."""
    lesson = a_lesson()
    node = Node()
    with time_machine.travel("2021-06-01 15:59:00+00:00"):
        node.get(lesson.url)
        node.get(lesson.url)
        assert node.drawn == 1
    with time_machine.travel("2021-06-01 16:00:00+00:00"):
        node.get(lesson.url)
    assert node.drawn == 2
