"""The next term like the last one; what is free instead."""

from datetime import date, time

import pytest

from courses.enums import Duty
from courses.models import OpeningHours, Term
from courses.services.scheduling.copying import copy_runs
from courses.services.scheduling.offers import free_rooms, free_times
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.timetable import DAY, a_plan, a_run, moment, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def room(school):
    return a_room(a_venue(school))


@pytest.fixture
def planner(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def spring():
    return Term.objects.create(code="31A", name="春季", starts_on=date(2026, 3, 2), ends_on=date(2026, 6, 30))


def test_a_class_is_copied_with_its_weekday_hours_place_and_people(school, room, planner, spring):
    teacher = a_person(school)
    run = a_run(*weekly(a_plan(room=room, teacher=teacher), 3), organiser=school, capacity=12)
    (copied,) = copy_runs(runs=[run], term=spring, by=planner)
    copy = copied.copy
    assert (copy.term, copy.capacity, copy.published_at) == (spring, 12, None)
    assert [session.on for session in copy.sessions.all()] == [
        date(2026, 3, 4),
        date(2026, 3, 11),
        date(2026, 3, 18),
    ]
    assert {(session.room, session.teacher) for session in copy.sessions.all()} == {(room, teacher)}
    assert run.sessions.count() == 3


def test_one_class_that_cannot_be_copied_stops_no_other(school, room, planner, spring):
    first, second = (a_run(a_plan(clock, room=room), organiser=school) for clock in ("09:00", "14:00"))
    a_run(a_plan("09:00", on=date(2026, 3, 4), room=room), organiser=school)
    blocked, copied = copy_runs(runs=[first, second], term=spring, by=planner)
    assert blocked.copy is None
    assert "已经排了" in blocked.refusal
    assert copied.copy.sessions.count() == 1


def test_a_class_without_sessions_is_told(school, planner, spring):
    run = a_run(organiser=school)
    cancel_sessions(sessions=run.sessions.all(), because="停课", by=planner)
    (told,) = copy_runs(runs=[run], term=spring, by=planner)
    assert "一次课也没有" in told.refusal


def test_free_rooms_come_from_the_same_house_first(school, room):
    near, busy = a_room(room.venue, "204"), a_room(room.venue, "205")
    far = a_room(a_venue(school), "101")
    a_run(a_plan("14:30", room=busy), organiser=school)
    plan = a_plan(room=room)
    assert free_rooms(plan, [far, busy, near, room]) == [near, far]


def test_free_times_are_when_the_room_is_open_and_nobody_is_busy(school, room):
    teacher = a_person(school)
    OpeningHours.objects.create(room=room, weekday=DAY.isoweekday(), opens=time(9), closes=time(12))
    OpeningHours.objects.create(room=room, weekday=4, opens=time(9), closes=time(12))
    a_run(a_plan("10:00", teacher=teacher), organiser=school)
    found = free_times(a_plan(room=room, teacher=teacher))
    assert [starts for starts, _ in found] == [moment("09:00", date(2026, 11, 12))]


def test_without_a_room_no_other_time_is_offered():
    assert free_times(a_plan()) == []
