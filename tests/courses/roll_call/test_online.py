"""Minutes on line, put down by hand: enough or not, beside the room, in every case one."""

from datetime import timedelta

import pytest

from courses.enums import Duty, RunMode
from courses.errors import NotAllowed
from courses.models import Attendance
from courses.services.counting.months import lock_month
from courses.services.counting.totals import THE_CITY, total
from courses.services.roll_call.marking import Mark, mark
from courses.services.roll_call.online import put_down_minutes
from courses.services.roll_call.undoing import undo_last
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.meetings import AFTER, a_live_run
from tests.factories.roll_call import put_down
from tests.factories.timetable import DAY, a_plan, moment
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return a_live_run()


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def learner(run):
    return enrolled(run, 1)[0].learner


def minutes(session, *many, by=None, now=AFTER, **more):
    asked = dict(many)
    return put_down_minutes(session=session, minutes=asked, by=by, now=now, **more)


def says(session) -> list[tuple]:
    rows = Attendance.objects.last().filter(session=session).order_by("pk")
    return [(row.state, row.minutes, row.how, row.counts) for row in rows]


def counted() -> int:
    return total(THE_CITY, f"{DAY:%Y-%m}").attendances


def test_sixty_hundredths_of_the_time_are_enough(session, learner):
    minutes(session, (learner, 54))
    assert says(session) == [("present", 54, "online", True)]
    assert counted() == 1


def test_less_is_not_and_how_much_it_was_stays_to_be_read(session, learner):
    minutes(session, (learner, 53))
    assert says(session) == [("absent", 53, "online", False)]
    assert counted() == 0


def test_the_threshold_is_data(session, learner, settings):
    settings.COUNTING = settings.COUNTING | {"live": 10}
    minutes(session, (learner, 9))
    assert says(session) == [("present", 9, "online", True)]


def test_a_figure_can_be_put_right_and_the_same_again_adds_nothing(session, learner):
    minutes(session, (learner, 80))
    assert minutes(session, (learner, 80)) == []
    minutes(session, (learner, 8))
    assert says(session) == [("absent", 8, "online", False)]
    assert Attendance.objects.count() == 2
    assert counted() == 0


def hybrid():
    school = a_school()
    plan = a_plan(room=a_room(a_venue(school)), mode=RunMode.HYBRID)
    run = an_open_run(plan, organiser=school, mode=RunMode.HYBRID, link="https://example.org/1")
    return run.sessions.get(), enrolled(run, 1)[0].learner


def test_who_sat_in_the_room_is_not_made_absent():
    session, learner = hybrid()
    put_down(session, learner)
    assert minutes(session, (learner, 0)) == []
    assert minutes(session, (learner, 90)) == []
    assert says(session) == [("present", None, "list", True)]
    assert counted() == 1


def test_who_left_the_room_and_stayed_on_line_long_enough_counts_once():
    session, learner = hybrid()
    put_down(session, learner, state="left-early", minutes=20)
    assert counted() == 0
    minutes(session, (learner, 60))
    assert says(session) == [("present", 60, "online", True)]
    assert counted() == 1


def test_who_comes_into_the_room_after_being_on_line_counts_once():
    session, learner = hybrid()
    minutes(session, (learner, 60))
    put_down(session, learner)
    assert counted() == 1


def test_what_is_taken_back_is_still_minutes_on_line(run, session, learner):
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    minutes(session, (learner, 80), by=clerk)
    minutes(session, (learner, 8), by=clerk, now=AFTER + timedelta(minutes=1))
    undo_last(session=session, by=clerk, now=AFTER + timedelta(minutes=2))
    assert says(session) == [("present", 80, "online", True)]
    minutes(session, (learner, 9))
    assert says(session) == [("absent", 9, "online", False)]


def test_more_than_the_session_lasts_is_refused(session, learner):
    with refusal("too-many-minutes"):
        minutes(session, (learner, 91))
    assert says(session) == []


def test_on_site_and_recorded_sessions_have_no_minutes():
    run = an_open_run(seats=9)
    with refusal("not-live"):
        minutes(run.sessions.get(), (enrolled(run, 1)[0].learner, 90))


def test_a_cancelled_session_takes_none(session, learner):
    cancel_sessions(sessions=[session], because="台风", by=None, now=moment("12:00"))
    with refusal("cancelled"):
        minutes(session, (learner, 90))


def test_before_the_day_there_is_nothing_to_put_down(session, learner):
    with refusal("too-early"):
        minutes(session, (learner, 90), now=moment("12:00"))


def test_a_locked_month_wants_a_reason(run, session, learner):
    later = AFTER + timedelta(days=40)
    lock_month(district=run.organiser.area.parent, month=DAY, by=None, now=later)
    with refusal("month-locked"):
        minutes(session, (learner, 90), now=later)
    minutes(session, (learner, 90), now=later, because="会议软件的名单晚到")
    assert Attendance.objects.get().because == "会议软件的名单晚到"


def test_another_school_may_not(session, learner):
    with pytest.raises(NotAllowed):
        minutes(session, (learner, 90), by=a_member(Duty.SCHOOL_STAFF, a_school()))


def test_nothing_filled_in_is_nothing(session):
    assert minutes(session) == []


def test_marking_on_the_list_stays_possible(session, learner):
    minutes(session, (learner, 10))
    mark(session=session, marks=[Mark(learner=learner)], by=None, now=AFTER)
    assert says(session) == [("present", None, "list", True)]
