"""One thing changed on a page that is on line, in review, planned or half written: nothing is lost or let out."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow, WorkflowState

from cms.models import ChangeNote
from cms.services.both_versions import change_both
from courses.models import LessonPage
from tests.factories.pages import a_lesson
from tests.factories.people import a_designer, a_reviewer, an_admin

pytestmark = pytest.mark.django_db

NEW = "华为畅享 60"


def check(page) -> bool:
    """The change under test: note the phone, as the bulk action does."""
    was, page.checked_phones = page.checked_phones, NEW
    return was != NEW


def on_line(lesson) -> LessonPage:
    return LessonPage.objects.get(pk=lesson.pk)


def newest(lesson) -> LessonPage:
    return on_line(lesson).get_latest_revision_as_object()


def with_draft(lesson, **values):
    draft = lesson.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision(clean=False)


def planned(lesson, **values):
    """Plan a version for tomorrow."""
    revision = with_draft(lesson, go_live_at=timezone.now() + datetime.timedelta(days=1), **values)
    revision.publish()
    return revision


def test_a_finished_page_is_published_with_the_change():
    lesson, reviewer = a_lesson(), a_reviewer()
    changed = change_both(lesson, change=check, by=reviewer)
    assert (changed.published, changed.drafted, changed.refusal) == (True, False, "")
    assert on_line(lesson).checked_phones == NEW
    assert not on_line(lesson).has_unpublished_changes
    logged = PageLogEntry.objects.filter(page=lesson.pk, user=reviewer).values_list("action", flat=True)
    assert set(logged) == {"wagtail.edit", "wagtail.publish"}


def test_a_draft_is_neither_published_nor_lost():
    lesson = a_lesson(goal="在线的话。")
    with_draft(lesson, goal="写了一半。", main_scenario="", safety_note="")
    changed = change_both(lesson, change=check, by=a_reviewer())
    assert (changed.published, changed.drafted) == (True, True)
    shown, draft = on_line(lesson), newest(lesson)
    assert (shown.goal, shown.checked_phones) == ("在线的话。", NEW)
    assert (draft.goal, draft.main_scenario, draft.checked_phones) == ("写了一半。", "", NEW)
    assert shown.has_unpublished_changes
    assert shown.main_scenario


def test_a_draft_that_has_it_already_stays_on_top():
    lesson = a_lesson(goal="在线的话。")
    with_draft(lesson, goal="写了一半。", checked_phones=NEW)
    changed = change_both(lesson, change=check, by=a_reviewer())
    assert (changed.published, changed.drafted) == (True, False)
    assert (on_line(lesson).goal, newest(lesson).goal) == ("在线的话。", "写了一半。")
    assert on_line(lesson).has_unpublished_changes


def test_a_page_that_is_not_on_line_stays_off_line():
    lesson = a_lesson(live=False)
    changed = change_both(lesson, change=check, by=a_reviewer())
    assert (changed.published, changed.drafted) == (False, True)
    assert not on_line(lesson).live
    assert newest(lesson).checked_phones == NEW


def test_a_designer_changes_the_draft_only():
    lesson = a_lesson()
    changed = change_both(lesson, change=check, by=a_designer())
    assert (changed.published, changed.drafted) == (False, True)
    assert on_line(lesson).checked_phones == ""
    assert newest(lesson).checked_phones == NEW


def test_nothing_to_change_leaves_no_trace():
    lesson = a_lesson(checked_phones=NEW)
    before = lesson.revisions.count()
    changed = change_both(lesson, change=check, by=a_reviewer())
    assert (changed.published, changed.drafted, changed.refusal) == (False, False, "")
    assert lesson.revisions.count() == before


def test_a_planned_version_still_goes_on_line_on_its_day_with_the_change():
    lesson = a_lesson(goal="在线的话。")
    day = planned(lesson, goal="明天的话。").approved_go_live_at
    change_both(lesson, change=check, by=a_reviewer())
    assert (on_line(lesson).goal, on_line(lesson).checked_phones) == ("在线的话。", NEW)
    waiting = on_line(lesson).revisions.get(approved_go_live_at__isnull=False)
    assert waiting.approved_go_live_at == day
    assert waiting.as_object().checked_phones == NEW
    assert waiting.pk == on_line(lesson).latest_revision_id


def test_three_versions_stay_three():
    lesson = a_lesson(goal="在线的话。")
    planned(lesson, goal="明天的话。")
    with_draft(lesson, goal="写了一半。", go_live_at=None)
    change_both(lesson, change=check, by=a_reviewer())
    waiting = on_line(lesson).revisions.get(approved_go_live_at__isnull=False).as_object()
    goals = [version.goal for version in (on_line(lesson), waiting, newest(lesson))]
    assert goals == ["在线的话。", "明天的话。", "写了一半。"]
    assert {v.checked_phones for v in (on_line(lesson), waiting, newest(lesson))} == {NEW}


def test_a_designer_does_not_touch_what_is_planned():
    lesson = a_lesson()
    revision = planned(lesson)
    changed = change_both(lesson, change=check, by=a_designer())
    assert "定好了上线的时间" in changed.refusal
    assert on_line(lesson).latest_revision_id == revision.pk


def test_a_review_goes_on():
    lesson, designer = a_lesson(goal="在线的话。"), a_designer()
    with_draft(lesson, goal="请审核。")
    Workflow.objects.get().start(on_line(lesson), designer)
    change_both(lesson, change=check, by=an_admin())
    state = on_line(lesson).current_workflow_state
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    state.current_task_state.approve(user=a_reviewer())
    assert (on_line(lesson).goal, on_line(lesson).checked_phones) == ("请审核。", NEW)


def test_who_may_not_is_told_why():
    lesson, designer = a_lesson(), a_designer()
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True)
    assert "锁住" in change_both(lesson, change=check, by=designer).refusal
    LessonPage.objects.filter(pk=lesson.pk).update(locked=False)
    Workflow.objects.get().start(lesson, designer)
    assert "正在审核" in change_both(lesson, change=check, by=designer).refusal
    designer.groups.clear()
    designer = type(designer).objects.get(pk=designer.pk)
    assert "没有" in change_both(lesson, change=check, by=designer).refusal
    assert newest(lesson).checked_phones == ""


def test_what_readers_may_not_see_is_refused_whole():
    """A change that leaves the page incomplete changes neither version."""

    def empty(page) -> bool:
        page.main_scenario = ""
        return True

    lesson = a_lesson()
    with_draft(lesson, goal="写了一半。")
    changed = change_both(lesson, change=empty, by=a_reviewer())
    assert "主要场景" in changed.refusal
    assert on_line(lesson).main_scenario == newest(lesson).main_scenario == "scan-code"


def test_a_deleted_page_is_no_error():
    lesson = a_lesson()
    LessonPage.objects.get(pk=lesson.pk).delete()
    assert "删掉" in change_both(lesson, change=check, by=None).refusal


def test_the_note_is_the_publications_not_the_drafts():
    lesson = a_lesson()
    with_draft(lesson, change_note="第 3 步重写了。")
    change_both(lesson, change=check, by=a_reviewer(), note="又核对了一遍。")
    assert newest(lesson).change_note == "第 3 步重写了。"
    assert [note.text for note in ChangeNote.objects.of(lesson)] == ["又核对了一遍。"]
