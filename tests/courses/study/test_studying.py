"""Going through a recorded session: enough of it is one 人次, once, dated when it was finished."""

from datetime import timedelta

import pytest

from courses.enums import RecordedHow, RunMode
from courses.models import Attendance, Enrolment, Learner, StudyProgress
from courses.services.counting.months import lock_month
from courses.services.counting.totals import THE_CITY, Total, total
from courses.services.enrolment.cancelling import cancel
from courses.services.learners import merge
from courses.services.learners.erasing import forget
from courses.services.progress.classes import class_figures, silent_sessions
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import cancel_sessions
from courses.services.study.studying import WHY, do_one, study_of
from tests.factories.enrolments import an_open_run, somebody_enrols
from tests.factories.pages import a_lesson
from tests.factories.recorded import NOW, a_recorded_lesson, a_recorded_run, goes_through
from tests.factories.roll_call import put_down
from tests.factories.timetable import DAY, a_plan, moment, weekly
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

# Of five steps and three questions: four steps are enough, every question is wanted.
ENOUGH, STEPS, QUESTIONS = [1, 2, 3, 4, 6, 7, 8], [1, 2, 3, 4, 5], [6, 7, 8]


@pytest.fixture
def run():
    return a_recorded_run()


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def enrolment(run):
    return somebody_enrols(run).enrolment


def counted() -> Total:
    return total(THE_CITY, f"{DAY:%Y-%m}")


def test_four_of_five_steps_and_every_question_are_one_attendance(session, enrolment):
    later = NOW + timedelta(days=3)
    found = goes_through(enrolment, ENOUGH, now=later)
    assert found.completed_at == later
    line = Attendance.objects.get()
    assert (line.session, line.learner, line.state) == (session, enrolment.learner, "present")
    assert (line.how, line.by, line.happened_at, line.because) == (RecordedHow.ONLINE, None, later, WHY)
    assert counted() == Total(1, 1)


@pytest.mark.parametrize(
    "places", [[1, 2, 3, 6, 7, 8], STEPS, [*STEPS, 6, 7], QUESTIONS, [1, 1, 1, 1, 6, 7, 8]]
)
def test_too_few_steps_or_a_question_left_is_nothing(enrolment, places):
    found = goes_through(enrolment, places)
    assert found.completed_at is None
    assert not Attendance.objects.exists()
    assert counted() == Total()


def test_going_on_and_going_through_it_again_counts_nothing_more(enrolment):
    goes_through(enrolment, ENOUGH)
    found = goes_through(enrolment, [5, *ENOUGH], now=NOW + timedelta(days=1))
    assert found.steps_done == 5
    assert found.completed_at == NOW
    assert Attendance.objects.count() == 1
    assert counted() == Total(1, 1)


def test_what_staff_struck_out_afterwards_stays_so(session, enrolment):
    goes_through(enrolment, ENOUGH)
    put_down(session, enrolment.learner, state="struck")
    goes_through(enrolment, [5, *ENOUGH])
    assert counted() == Total()


def test_who_was_put_down_by_staff_already_counts_once(session, enrolment):
    put_down(session, enrolment.learner)
    assert goes_through(enrolment, ENOUGH).completed_at == NOW
    assert Attendance.objects.count() == 1


def test_each_session_of_a_class_counts_for_itself():
    run = a_recorded_run(plans=weekly(a_plan(mode=RunMode.RECORDED), 2))
    enrolment = somebody_enrols(run).enrolment
    later = moment("15:00", on=DAY + timedelta(days=7))
    for number in (1, 2):
        goes_through(enrolment, ENOUGH, now=later, number=number)
    assert counted() == Total(2, 1)


def test_the_threshold_is_data(enrolment, settings):
    settings.COUNTING = settings.COUNTING | {"self_study": 20}
    assert goes_through(enrolment, [1, *QUESTIONS]).completed_at == NOW


def test_a_lesson_with_one_question_asks_that_one():
    enrolment = somebody_enrols(a_recorded_run(a_recorded_lesson(2, questions=1))).enrolment
    assert goes_through(enrolment, [1, 2]).completed_at is None
    assert goes_through(enrolment, [3]).completed_at == NOW


def test_a_lesson_without_questions_asks_to_do_it_once():
    enrolment = somebody_enrols(a_recorded_run(a_recorded_lesson(2, questions=0))).enrolment
    found = goes_through(enrolment, [1, 2])
    assert [item.part for item in found.practice] == ["practice"]
    assert found.completed_at is None
    assert goes_through(enrolment, [3]).completed_at == NOW


def test_two_lessons_are_gone_through_one_after_the_other():
    lessons = [a_recorded_lesson(2, questions=1), a_recorded_lesson(3, questions=2)]
    enrolment = somebody_enrols(a_recorded_run(*lessons)).enrolment
    assert goes_through(enrolment, [1, 2, 3, 4, 5, 6]).completed_at is None
    assert goes_through(enrolment, [7, 8]).completed_at == NOW


def test_what_was_done_is_remembered_when_the_lesson_gets_another_title(session, enrolment):
    goes_through(enrolment, [1, 2])
    lesson = session.lessons.get()
    lesson.title = "换了名字"
    lesson.save_revision().publish()
    assert study_of(enrolment=enrolment, number=1, now=NOW).steps_done == 2


@pytest.mark.parametrize("place", [0, 9, 5000])
def test_a_place_that_is_not_there_does_nothing(enrolment, place):
    assert goes_through(enrolment, [place]).done == frozenset()


def test_who_finishes_days_later_is_no_late_entry(enrolment):
    goes_through(enrolment, ENOUGH, now=NOW + timedelta(days=3))
    assert not Attendance.objects.get().is_late_entry


def test_nobody_is_asked_to_call_the_roll_of_a_recording(enrolment):
    later = NOW + timedelta(days=4)
    assert not silent_sessions(THE_CITY, now=later)
    assert class_figures(THE_CITY, now=later).sessions == 0


def test_looking_changes_nothing(enrolment):
    study_of(enrolment=enrolment, number=1, now=NOW)
    assert not StudyProgress.objects.exists()


def both(enrolment, *, now=NOW):
    """Look, and do from a page that was opened before: the same is refused either way."""
    yield lambda: study_of(enrolment=Enrolment.objects.get(pk=enrolment.pk), number=1, now=now)
    yield lambda: do_one(enrolment=enrolment, number=1, place=1, now=now)


def test_a_cancelled_class_cannot_be_studied(run, enrolment):
    cancel_run(run=run, because="没有人", by=None, at=NOW)
    for attempt in both(enrolment):
        with refusal("run-cancelled"):
            attempt()


def test_a_cancelled_session_cannot_be_studied(session, enrolment):
    cancel_sessions(sessions=[session], because="重录", by=None, now=NOW)
    for attempt in both(enrolment):
        with refusal("session-cancelled"):
            attempt()


@pytest.mark.parametrize(
    ("now", "code"),
    [(moment("13:59"), "not-open-yet"), (moment("00:00", on=DAY + timedelta(days=14)), "window-closed")],
)
def test_before_and_after_the_window(enrolment, now, code):
    for attempt in both(enrolment, now=now):
        with refusal(code):
            attempt()
    assert not StudyProgress.objects.exists()


def test_who_gave_up_the_seat_cannot_study(enrolment):
    cancel(enrolment=enrolment, by=None, now=NOW - timedelta(days=2))
    for attempt in both(enrolment):
        with refusal("no-seat"):
            attempt()


def test_who_waits_for_a_seat_cannot_study():
    run = a_recorded_run(seats=1)
    somebody_enrols(run)
    waiting = somebody_enrols(run).enrolment
    for attempt in both(waiting):
        with refusal("no-seat"):
            attempt()


def test_a_session_without_lessons_on_line_says_so(session, enrolment):
    session.lessons.set([a_lesson(live=False)])
    for attempt in both(enrolment):
        with refusal("no-lesson"):
            attempt()


def test_only_recorded_sessions_are_studied():
    run = an_open_run(seats=3)
    enrolment = somebody_enrols(run).enrolment
    for attempt in both(enrolment):
        assert attempt() is None


def test_somebody_under_sixty_finishes_and_is_not_in_the_number(run):
    young = somebody_enrols(run, birth_year=1990).enrolment
    goes_through(young, ENOUGH)
    assert Attendance.objects.get().counts is False
    assert counted() == Total()


def test_in_a_locked_month_it_is_a_correction_with_its_reason():
    run = a_recorded_run(plans=[a_plan(mode=RunMode.RECORDED, on=DAY.replace(day=27))])
    enrolment = somebody_enrols(run).enrolment
    later = moment("15:00", on=DAY.replace(month=12, day=2))
    lock_month(district=run.organiser.area.parent, month=DAY, by=None, now=later)
    goes_through(enrolment, ENOUGH, now=later)
    assert Attendance.objects.get().because == WHY


def test_erasing_a_person_erases_how_far_they_were_and_keeps_the_count(enrolment):
    goes_through(enrolment, ENOUGH)
    forget(Learner.objects.get(pk=enrolment.learner_id))
    assert not StudyProgress.objects.exists()
    assert counted() == Total(1, 1)


def test_who_turns_out_to_be_somebody_else_goes_on_where_they_stopped(run, enrolment):
    other = somebody_enrols(run).enrolment
    goes_through(other, STEPS)
    merge(keep=enrolment.learner, drop=other.learner, by=None)
    assert goes_through(enrolment, QUESTIONS).completed_at == NOW
    assert counted() == Total(1, 1)
