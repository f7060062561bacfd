"""Ways to go on line without the editor's form: many at once, by approval, by the clock."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.models import NotPublishable, SharedStep
from tests.factories.pages import a_lesson, a_module, a_shared_step, shared, stream
from tests.factories.people import an_admin

AGO = timedelta(minutes=5)


def is_live(item) -> bool:
    return type(item).objects.get(pk=item.pk).live


def messages(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def publish_many(browser, *pages, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return browser.post(f"{address}?{query}&next=/admin/pages/", data, follow=True)


def test_revision_is_refused_and_the_page_stays(db):
    lesson = a_lesson()
    lesson.steps = stream()
    with pytest.raises(NotPublishable, match="还没有步骤"):
        lesson.save_revision().publish()
    lesson.refresh_from_db()
    assert len(lesson.steps) == 1


def test_many_complete_pages_go_on_line_together(admin):
    lessons = [a_lesson(live=False) for _ in range(2)]
    publish_many(admin, *lessons)
    assert all(is_live(lesson) for lesson in lessons)


def test_incomplete_page_among_many_is_named(admin):
    good, bad = a_lesson(live=False), a_lesson(live=False, title="没写完", steps=stream())
    response = publish_many(admin, good, bad)
    assert response.status_code == 200
    assert "没写完" in messages(response)
    assert "还没有步骤" in messages(response)
    assert not is_live(good)
    assert not is_live(bad)


def test_incomplete_page_below_a_published_module_is_named(admin):
    module = a_module(live=False)
    bad = a_lesson(module, live=False, title="没写完", steps=stream())
    response = publish_many(admin, module, include_descendants="on")
    assert "没写完" in messages(response)
    assert not is_live(module)
    assert not is_live(bad)


@pytest.fixture
def in_review(db):
    """A lesson that a designer has sent to review."""

    def send(**values):
        lesson = a_lesson(live=False, **values)
        lesson.get_workflow().start(lesson, an_admin())
        return lesson

    return send


def approve(browser, lesson):
    task = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", task.pk])
    return browser.post(address, {"comment": ""}, follow=True)


def test_reviewer_approves_a_complete_lesson(reviewer, in_review):
    lesson = in_review()
    approve(reviewer, lesson)
    assert is_live(lesson)


def test_reviewer_is_told_why_an_incomplete_lesson_cannot_go(reviewer, in_review):
    lesson = in_review(title="没写完", steps=stream())
    response = approve(reviewer, lesson)
    assert response.status_code == 200
    assert "还没有步骤" in messages(response)
    assert not is_live(lesson)
    # Nothing was half done: it still waits for review.
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_designer_cannot_publish(designer):
    lesson = a_lesson(live=False)
    publish_many(designer, lesson)
    assert not is_live(lesson)


def planned(*, minutes: int = -5, **values):
    """A lesson that was planned to go on line some minutes ago."""
    day = timezone.now() + timedelta(minutes=minutes)
    lesson = a_lesson(live=False, **values)
    lesson.go_live_at = day
    # A plan in the past is what the clock finds when its day has come.
    lesson.save_revision(approved_go_live_at=day)
    return lesson


@pytest.mark.parametrize("command", ["publish_scheduled", "run_jobs"])
def test_bad_page_does_not_stop_the_others(db, command):
    first = planned()
    bad = planned(steps=stream(), minutes=-4)
    last = planned(minutes=-3)
    later = planned(minutes=60)
    call_command(command, stdout=StringIO())
    assert [is_live(page) for page in (first, bad, last, later)] == [True, False, True, False]


def test_bad_page_goes_on_line_once_it_is_mended(db):
    waiting = a_shared_step(live=False)
    lesson = planned(steps=stream(shared(waiting)))
    call_command("publish_scheduled")
    assert not is_live(lesson)
    waiting.get_latest_revision().publish()
    call_command("publish_scheduled")
    assert is_live(lesson)


def test_refusal_is_logged_without_the_words(db, caplog):
    planned(steps=stream(), title="秘密标题")
    with caplog.at_level("INFO", logger="cms.publishing"):
        call_command("publish_scheduled")
    assert "not complete" in caplog.text
    assert "秘密标题" not in caplog.text


def test_expired_page_leaves_the_line(db):
    lesson = a_lesson()
    type(lesson).objects.filter(pk=lesson.pk).update(expire_at=timezone.now() - AGO)
    call_command("publish_scheduled")
    lesson.refresh_from_db()
    assert (lesson.live, lesson.expired) == (False, True)


def test_expired_shared_step_stays_while_it_is_shown(db):
    used, unused = a_shared_step(), a_shared_step()
    lesson = a_lesson(steps=stream(shared(used)))
    expired = a_lesson()
    SharedStep.objects.update(expire_at=timezone.now() - AGO)
    type(lesson).objects.filter(pk=expired.pk).update(expire_at=timezone.now() - AGO)
    call_command("publish_scheduled")
    assert [is_live(item) for item in (used, unused, lesson, expired)] == [True, False, True, False]


def test_dry_run_only_tells(db):
    lesson = planned()
    out = StringIO()
    call_command("publish_scheduled", dryrun=True, stdout=out)
    assert lesson.title in out.getvalue()
    assert not is_live(lesson)
