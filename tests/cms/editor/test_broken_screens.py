"""A draft may hold a screen that cannot be drawn; nothing on line may, whichever way it went there."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.pages import a_chapter, a_lesson, a_shared_step, drawn_step, step, stream

BROKEN = "标题栏 微信\n列"
WHY = "第 2 行"


def test_lesson_names_the_step_and_the_line(db):
    lesson = a_lesson(live=False, steps=stream(step(), drawn_step(BROKEN)))
    refusal = lesson.publish_refusals()["steps"]
    assert refusal.startswith("第 2 步的屏幕画不出来。")
    assert WHY in refusal


def test_a_draft_that_waits_is_not_published_without_its_form(db):
    lesson = a_lesson(live=False)
    lesson.steps = stream(drawn_step(BROKEN))
    waiting = lesson.save_revision(clean=False)
    with pytest.raises(ValidationError, match=WHY):
        waiting.publish()
    lesson.refresh_from_db()
    assert not lesson.live


def test_another_phones_screen_counts(db):
    variant = {"phone": "apple", "picture": {"screen": BROKEN}}
    lesson = a_lesson(live=False, steps=stream(step(variants=[variant])))
    assert WHY in lesson.publish_refusals()["steps"]


def test_chapter_counts_its_steps(db):
    chapter = a_chapter(live=False, body=stream(("section", "打开"), step(), drawn_step(BROKEN)))
    assert chapter.publish_refusals()["body"].startswith("第 2 步")


def test_shared_step_on_line_stays_as_it_was(db):
    shared = a_shared_step()
    before = shared.step["picture"]["screen"]
    shared.body = stream(drawn_step(BROKEN))
    with pytest.raises(ValidationError, match=WHY):
        shared.save_revision(clean=False).publish()
    shared.refresh_from_db()
    assert shared.step["picture"]["screen"] == before


def test_good_screens_go_on_line(db):
    assert a_lesson(steps=stream(drawn_step())).live
