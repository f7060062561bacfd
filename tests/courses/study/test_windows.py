"""From when to when a recorded session is open, who has finished it, and each reason why it cannot be studied."""

from datetime import date, timedelta

import pytest

from courses.enums import RunMode
from courses.rules.counting import Thresholds
from courses.rules.study import closes_at, has_studied, steps_missing, study_refusal
from courses.services.enrolment.standing import Stage, standing_of
from tests.factories.enrolments import somebody_enrols
from tests.factories.recorded import a_recorded_run
from tests.factories.timetable import DAY, a_plan, moment, weekly

FIRST, LAST = date(2026, 11, 11), date(2026, 12, 30)


def test_it_is_open_until_the_end_of_the_class():
    assert closes_at(on=FIRST, last_day=LAST, at_least=14) == moment("00:00", on=date(2026, 12, 31))


def test_the_last_session_is_open_for_as_many_days_as_are_asked_for():
    assert closes_at(on=LAST, last_day=LAST, at_least=14) == moment("00:00", on=date(2027, 1, 13))
    assert closes_at(on=LAST, last_day=LAST, at_least=1) == moment("00:00", on=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("steps_done", "has_practised", "is_enough"),
    [(8, True, True), (7, True, False), (10, False, False), (10, True, True), (0, True, False)],
)
def test_eighty_hundredths_of_the_steps_and_the_practice(steps_done, has_practised, is_enough):
    asked = {"steps_done": steps_done, "has_practised": has_practised, "thresholds": Thresholds()}
    assert has_studied(steps=10, **asked) == is_enough


def test_without_steps_nobody_has_studied():
    assert not has_studied(steps_done=0, steps=0, has_practised=True, thresholds=Thresholds())


@pytest.mark.parametrize(("done", "missing"), [(0, 4), (3, 1), (4, 0), (5, 0)])
def test_how_many_steps_are_missing(done, missing):
    assert steps_missing(steps_done=done, steps=5, thresholds=Thresholds()) == missing


OPENS, CLOSES = moment("14:00"), moment("00:00", on=date(2026, 11, 25))
FINE = {
    "state": "planned",
    "is_class_cancelled": False,
    "opens": OPENS,
    "closes": CLOSES,
    "has_lessons": True,
    "now": OPENS,
}


@pytest.mark.parametrize(
    ("differs", "code", "words"),
    [
        ({"is_class_cancelled": True}, "run-cancelled", "这个班取消了"),
        ({"state": "cancelled"}, "session-cancelled", "这次课取消了"),
        ({"state": "not-held"}, "session-cancelled", "这次课取消了"),
        ({"now": OPENS - timedelta(minutes=1)}, "not-open-yet", "11月11日 下午 2:00开始"),
        ({"now": CLOSES}, "window-closed", "学到 11月24日 为止"),
        ({"has_lessons": False}, "no-lesson", "还没有放上内容"),
    ],
)
def test_each_reason_why_not(differs, code, words):
    refusal = study_refusal(**FINE | differs)
    assert refusal.code == code
    assert words in refusal.message


def test_within_its_window_it_can_be_studied():
    assert study_refusal(**FINE) is None
    assert study_refusal(**FINE | {"now": CLOSES - timedelta(seconds=1)}) is None


@pytest.mark.django_db
def test_a_class_of_recordings_is_over_when_its_last_window_closes():
    run = a_recorded_run(plans=weekly(a_plan(mode=RunMode.RECORDED), 2))
    enrolment = somebody_enrols(run).enrolment
    last = DAY + timedelta(days=7 + 13)
    assert standing_of(enrolment, now=moment("23:59", on=last)).stage is Stage.SEAT
    assert standing_of(enrolment, now=moment("00:00", on=last + timedelta(days=1))).stage is Stage.CLASS_OVER
