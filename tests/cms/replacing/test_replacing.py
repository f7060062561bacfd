"""按钮改名了: on line at once, drafts stay drafts, nothing is lost, one revision a page."""

import copy

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from cms.models import ChangeNote
from cms.services.replacing import LOG_ACTION, Renaming, Scope, find, places, replace
from tests.factories.pages import (
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    shared,
    step,
    stream,
)
from tests.factories.people import a_designer, a_manager, a_reviewer

RENAMING = Renaming("扫一扫", "扫码")
SCREEN = "标题栏 微信 | +\n列表 扫一扫 *\n撕口"
STEPS = stream(step("点“扫一扫”。"), drawn_step(SCREEN), step("点“好”。"))
EVERYWHERE = [name for name, _, _ in places()]

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return a_reviewer()


def look(by, renaming=RENAMING, **parts):
    return find(renaming=renaming, where=EVERYWHERE, scope=Scope(**parts), by=by)


def do(by, *contents, renaming=RENAMING, **parts):
    keys = [f"{content._meta.model_name}-{content.pk}" for content in contents]
    done = replace(renaming=renaming, where=EVERYWHERE, scope=Scope(**parts), keys=keys, by=by)
    for content in contents:
        content.refresh_from_db()
    return done


def draft_of(content):
    return type(content).objects.get(pk=content.pk).get_latest_revision_as_object()


def with_draft(**changes):
    """A lesson on line with a draft above it that says something else."""
    lesson = a_lesson(steps=STEPS)
    for name, value in changes.items():
        setattr(lesson, name, value)
    lesson.save_revision()
    lesson.refresh_from_db()
    return lesson


def revisions(content) -> int:
    kind = ContentType.objects.get_for_model(content)
    return Revision.objects.filter(content_type=kind, object_id=content.pk).count()


def test_all_hits_are_shown_in_their_places(reviewer):
    lesson = a_lesson(title="微信扫一扫", steps=STEPS, teaching_notes="先讲扫一扫。")
    chapter = a_chapter(body=stream(("section", "打开扫一扫"), step()))
    shared_step = a_shared_step(title="点扫一扫")
    a_lesson(title="不相干")
    found = {each.content: [hit.where for hit in each.hits] for each in look(reviewer)}
    assert found == {
        lesson: ["标题", "第 1 步，做什么", "第 2 步，画屏幕", "教学提示"],
        chapter: ["小节（第 1 块）"],
        shared_step: ["名称"],
    }


def test_screens_and_notes_can_be_left_out(reviewer):
    lesson = a_lesson(steps=STEPS, teaching_notes="先讲扫一扫。")
    (found,) = look(reviewer, screens=False, notes=False)
    assert [hit.where for hit in found.hits] == ["第 1 步，做什么"]
    do(reviewer, lesson, screens=False, notes=False)
    assert lesson.teaching_notes == "先讲扫一扫。"
    assert lesson.steps[1].value["picture"]["screen"] == SCREEN


def test_a_page_on_line_is_published_with_one_revision(reviewer):
    lesson = a_lesson(title="微信扫一扫", steps=STEPS, goal="会用扫一扫。")
    before = revisions(lesson)
    (changed,) = do(reviewer, lesson)
    assert changed.published
    assert lesson.title == "微信扫码"
    assert lesson.goal == "会用扫码。"
    assert lesson.live
    assert not lesson.has_unpublished_changes
    assert lesson.slug == "wei-xin-sao-yi-sao"
    assert revisions(lesson) == before + 1


def test_readers_and_history_are_told(reviewer):
    lesson, shared_step = a_lesson(steps=STEPS), a_shared_step(body=step("点“扫一扫”。"))
    do(reviewer, lesson, shared_step)
    assert ChangeNote.objects.of(lesson).first().text == "按钮改名：扫一扫 → 扫码"
    assert PageLogEntry.objects.get(action=LOG_ACTION).message == "改名：扫一扫 → 扫码"
    assert ModelLogEntry.objects.get(action=LOG_ACTION).user == reviewer


def test_only_the_words_change_in_the_stored_form(reviewer):
    lesson = a_lesson(steps=STEPS)
    before = copy.deepcopy(lesson.steps.get_prep_value())
    do(reviewer, lesson)
    before[0]["value"]["do"] = "点“扫码”。"
    before[1]["value"]["picture"]["screen"] = SCREEN.replace("扫一扫", "扫码")
    after = lesson.steps.get_prep_value()
    assert [block["id"] for block in after] == [block["id"] for block in before]
    assert _without_empty(after) == _without_empty(before)


def test_there_and_back_is_as_before(reviewer):
    lesson = a_lesson(title="微信扫一扫", steps=STEPS)
    do(reviewer, lesson)
    after_first = lesson.steps.get_prep_value()
    do(reviewer, lesson, renaming=Renaming("扫码", "扫一扫"))
    do(reviewer, lesson)
    assert lesson.steps.get_prep_value() == after_first
    assert lesson.title == "微信扫码"


def test_only_what_is_ticked_changes(reviewer):
    ticked, left = a_lesson(steps=STEPS), a_lesson(steps=STEPS)
    do(reviewer, ticked)
    left.refresh_from_db()
    assert left.steps[0].value["do"] == "点“扫一扫”。"
    assert ticked.steps[0].value["do"] == "点“扫码”。"


def test_nobodys_draft_goes_on_line_or_is_lost(reviewer):
    lesson = with_draft(goal="还没有想好，扫一扫。", offline_way="草稿里的话。")
    (changed,) = do(reviewer, lesson)
    assert changed.published
    assert changed.drafted
    assert lesson.steps[0].value["do"] == "点“扫码”。"
    assert lesson.goal == "自己会扫。"
    assert lesson.offline_way == ""
    assert lesson.has_unpublished_changes
    draft = draft_of(lesson)
    assert draft.goal == "还没有想好，扫码。"
    assert draft.offline_way == "草稿里的话。"
    assert draft.steps[0].value["do"] == "点“扫码”。"


def test_a_draft_that_lost_the_words_stays_the_draft(reviewer):
    lesson = with_draft(steps=stream(step("点“加号”。")), goal="草稿")
    (found,) = look(reviewer)
    assert found.hits == ()
    assert len(found.only_live) == 2
    do(reviewer, lesson)
    assert lesson.steps[0].value["do"] == "点“扫码”。"
    assert draft_of(lesson).steps[0].value["do"] == "点“加号”。"
    assert draft_of(lesson).goal == "草稿"


def test_a_page_off_line_stays_off_line(reviewer):
    lesson = a_lesson(live=False, steps=STEPS)
    (changed,) = do(reviewer, lesson)
    assert not changed.published
    assert not lesson.live
    assert draft_of(lesson).steps[0].value["do"] == "点“扫码”。"


def test_what_a_designer_changes_waits_for_review():
    lesson, designer = a_lesson(steps=STEPS), a_designer()
    (found,) = look(designer)
    assert "送审以后" in found.outcome
    (changed,) = do(designer, lesson)
    assert not changed.published
    assert lesson.steps[0].value["do"] == "点“扫一扫”。"
    assert draft_of(lesson).steps[0].value["do"] == "点“扫码”。"


def test_shared_steps_follow_the_same_rules(reviewer):
    live, waiting = (a_shared_step(body=step("点“扫一扫”。"), live=live) for live in (True, False))
    lesson = a_lesson(steps=stream(shared(live)))
    live.title = "还没有想好"
    live.save_revision()
    assert len(do(reviewer, live, waiting)) == 2
    assert live.step["do"] == "点“扫码”。"
    assert live.title != "还没有想好"
    assert draft_of(live).title == "还没有想好"
    assert draft_of(live).step["do"] == "点“扫码”。"
    assert not waiting.live
    assert draft_of(waiting).step["do"] == "点“扫码”。"
    assert lesson.steps[0].value.step["do"] == "点“扫码”。"


def test_designers_begin_a_draft_of_a_shared_step():
    shared_step = a_shared_step(body=step("点“扫一扫”。"))
    do(a_designer(), shared_step)
    assert shared_step.step["do"] == "点“扫一扫”。"
    assert draft_of(shared_step).step["do"] == "点“扫码”。"


def test_what_grows_too_long_is_named_and_left_out(reviewer):
    fits, long = a_lesson(steps=STEPS), a_lesson(steps=stream(step("点“扫一扫”。" + "好" * 30)))
    renaming = Renaming("扫一扫", "扫一扫看一看吧")
    refusals = {each.content: each.refusal for each in look(reviewer, renaming)}
    assert refusals[fits] == ""
    assert "第 1 步，做什么" in refusals[long]
    assert "40" in refusals[long]
    done = do(reviewer, fits, long, renaming=renaming)
    assert [bool(each.refusal) for each in done] == [False, True]
    assert long.steps[0].value["do"].startswith("点“扫一扫”")


@pytest.mark.parametrize("into", ["扫 *", "扫|一|扫", "扫（看）"])
def test_what_would_redraw_a_screen_is_named_and_left_out(reviewer, into):
    lesson = a_lesson(steps=stream(drawn_step("标题栏 微信\n列表 扫一扫\n按钮 好 *\n撕口")))
    (found,) = look(reviewer, Renaming("扫一扫", into))
    assert "第 1 步，画屏幕" in found.refusal
    do(reviewer, lesson, renaming=Renaming("扫一扫", into))
    assert "扫一扫" in lesson.steps[0].value["picture"]["screen"]


def test_locked_pages_are_left_out(reviewer):
    lesson = a_lesson(steps=STEPS)
    lesson.locked, lesson.locked_at, lesson.locked_by = True, timezone.now(), a_manager()
    lesson.save()
    (found,) = look(reviewer)
    assert "锁住" in found.refusal
    do(reviewer, lesson)
    assert lesson.steps[0].value["do"] == "点“扫一扫”。"


def test_pages_without_right_are_left_out():
    """Designers write below the course index, not the text of a page above it."""
    lesson, stranger = a_lesson(steps=STEPS), a_designer()
    stranger.groups.clear()
    (found,) = look(stranger)
    assert "权限" in found.refusal
    do(stranger, lesson)
    assert lesson.latest_revision == lesson.get_latest_revision()
    assert draft_of(lesson).steps[0].value["do"] == "点“扫一扫”。"


def test_one_failure_takes_everything_back(reviewer, monkeypatch):
    first, second = a_lesson(steps=STEPS), a_lesson(steps=STEPS)
    written = []

    def log_twice_then_fail(**entry):
        written.append(entry)
        if len(written) == 2:
            raise RuntimeError("the database is gone")

    monkeypatch.setattr("cms.services.replacing.applying.log", log_twice_then_fail)
    with pytest.raises(RuntimeError):
        do(reviewer, first, second)
    first.refresh_from_db()
    assert first.steps[0].value["do"] == "点“扫一扫”。"


def test_checked_phones_and_codes_are_facts_and_stay(reviewer):
    lesson = a_lesson(steps=STEPS, checked_apps="扫一扫 8.0", checked_phones="扫一扫机")
    do(reviewer, lesson)
    assert (lesson.checked_apps, lesson.checked_phones) == ("扫一扫 8.0", "扫一扫机")


def test_modules_are_looked_into_and_other_places_only_when_asked(reviewer):
    module = a_module(intro="从扫一扫学起。")
    a_shared_step(title="点扫一扫")
    found = find(renaming=RENAMING, where=["module"], scope=Scope(), by=reviewer)
    assert [each.content for each in found] == [module]


def _without_empty(value):
    """What Wagtail fills in when a block is read and written again is no change."""
    if isinstance(value, dict):
        return {k: _without_empty(v) for k, v in value.items() if v not in ("", None, [], {})}
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    return value
