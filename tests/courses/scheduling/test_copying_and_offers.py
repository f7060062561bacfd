"""The next term like the last one; what is free instead."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty, Weekday
from courses.models import OpeningHours, Term
from courses.rules.series import SeriesRule, moments, planned_days
from courses.services.scheduling.copying import copy_runs
from courses.services.scheduling.offers import free_rooms, free_times
from courses.services.scheduling.series_offers import free_slots
from courses.services.scheduling.sessions import cancel_sessions, make_up, move_session
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly

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
    cancel_sessions(sessions=run.sessions.all(), because="停课", by=planner, now=LONG_BEFORE)
    (told,) = copy_runs(runs=[run], term=spring, by=planner)
    assert "一次课也没有" in told.refusal


def days_of(copied) -> list[date]:
    return [session.on for session in copied.copy.sessions.all()]


SPRING_WEDNESDAYS = [date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 18)]


def test_a_moved_session_adds_no_weekday(school, room, planner, spring):
    run = a_run(*weekly(a_plan(room=room), 3), organiser=school)
    to = {"starts_at": moment("09:00", date(2026, 11, 12)), "ends_at": moment("10:00", date(2026, 11, 12))}
    move_session(session=run.sessions.first(), because="调课", by=planner, **to)
    (copied,) = copy_runs(runs=[run], term=spring, by=planner)
    assert days_of(copied) == SPRING_WEDNESDAYS
    assert {timezone.localtime(each.starts_at).hour for each in copied.copy.sessions.all()} == {14}


def test_half_of_two_moved_adds_no_weekday_either(school, room, planner, spring):
    run = a_run(*weekly(a_plan(room=room), 2), organiser=school)
    thursday = date(2026, 11, 19)
    to = {"starts_at": moment("14:00", thursday), "ends_at": moment("15:30", thursday)}
    move_session(session=run.sessions.last(), because="调课", by=planner, **to)
    (copied,) = copy_runs(runs=[run], term=spring, by=planner)
    assert days_of(copied) == SPRING_WEDNESDAYS[:2]


def test_another_room_is_no_other_weekday(school, room, planner, spring):
    mondays = weekly(a_plan(on=date(2026, 11, 16), room=room), 2)
    run = a_run(*weekly(a_plan(room=room), 2), *mondays, organiser=school)
    other = a_room(room.venue, "204")
    for session in run.sessions.filter(starts_at__week_day=2):
        move_session(session=session, because="换教室", by=planner, room=other)
    (copied,) = copy_runs(runs=[run], term=spring, by=planner)
    assert days_of(copied) == [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 11)]


def test_what_was_cancelled_and_made_up_for_counts_once(school, room, planner, spring):
    run = a_run(*weekly(a_plan(room=room), 3), organiser=school)
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    make_up(session=session, plan=a_plan(on=date(2026, 11, 13), room=room), by=planner)
    (copied,) = copy_runs(runs=[run], term=spring, by=planner)
    assert days_of(copied) == SPRING_WEDNESDAYS


def test_free_rooms_come_from_the_same_house_first(school, room):
    near, busy = a_room(room.venue, "204"), a_room(room.venue, "205")
    far = a_room(a_venue(school), "101")
    a_run(a_plan("14:30", room=busy), organiser=school)
    plan = a_plan(room=room)
    assert free_rooms([plan], [far, busy, near, room]) == [near, far]


def test_free_times_are_when_the_room_is_open_and_nobody_is_busy(school, room):
    teacher = a_person(school)
    OpeningHours.objects.create(room=room, weekday=DAY.isoweekday(), opens=time(9), closes=time(12))
    OpeningHours.objects.create(room=room, weekday=4, opens=time(9), closes=time(12))
    a_run(a_plan("10:00", teacher=teacher), organiser=school)
    found = free_times(a_plan(room=room, teacher=teacher))
    assert [starts for starts, _ in found] == [moment("09:00", date(2026, 11, 12))]


def test_without_a_room_no_other_time_is_offered():
    assert free_times(a_plan()) == []


def test_no_room_helps_when_the_people_are_busy(school, room):
    teacher, helper = a_person(school), a_person(school, "李志愿")
    busy = a_run(a_plan("14:30", teacher=teacher, helpers=[helper]), organiser=school).sessions.get()
    near = a_room(room.venue, "204")
    for people in ({"teacher": teacher}, {"helpers": [helper]}):
        assert free_rooms([a_plan(room=room, **people)], [near]) == []
    assert free_rooms([a_plan(room=room, teacher=teacher)], [near], besides=[busy.pk]) == [near]


def test_closed_rooms_are_not_offered(school, room):
    closed, given_up, other_day, at_night = (
        a_room(room.venue, name) for name in ("204", "205", "206", "207")
    )
    closed_on(room.venue, DAY, DAY, room=closed)
    given_up.closed_on = DAY
    open_week(at_night, 3, spans=[(time(18), time(20))])
    closed_on(room.venue, DAY + timedelta(days=1), DAY + timedelta(days=1), room=other_day)
    house = a_venue(school, closed_on=DAY)
    closed_house = a_venue(school)
    closed_on(closed_house, DAY - timedelta(days=9), DAY)
    rooms = [closed, given_up, other_day, at_night, a_room(house), a_room(closed_house)]
    assert free_rooms([a_plan(room=room)], rooms) == [other_day]


def test_days_on_which_the_room_is_closed_are_not_offered(school, room):
    open_week(room, 3, 4, 5, spans=[(time(9), time(12))])
    closed_on(room.venue, DAY, DAY + timedelta(days=1))
    assert [starts for starts, _ in free_times(a_plan(room=room))] == [moment("09:00", date(2026, 11, 13))]


@pytest.fixture
def row(room):
    """A function that returns what is free instead of meetings on these weekdays, twice each, 14:00–15:30."""

    def slots(*weekdays, times=2, hours=("14:00", "15:30"), last_day=None, **values):
        starts, ends = (time.fromisoformat(each) for each in hours)
        rule = SeriesRule(DAY, frozenset(map(Weekday, weekdays)), starts, ends, times, last_day)
        wanted = [moments(rule, each.on) for each in planned_days(rule)]
        one = a_plan(**{"room": room} | values)
        plans = [replace(one, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in wanted]
        found = free_slots(rule, plans)
        return [
            ("".join(str(day.value) for day in sorted(each.weekdays)), each.starts.hour) for each in found
        ]

    return slots


def test_a_row_may_go_to_other_hours_or_another_weekday(room, row):
    open_week(room, 3, 4, 2, spans=[(time(9), time(12)), (time(14), time(17))])
    assert row(3) == [("3", 9), ("4", 9), ("4", 14)]


def test_a_row_on_several_weekdays_keeps_them(room, row):
    open_week(room, 3, 4, spans=[(time(9), time(12)), (time(14), time(17))])
    assert row(3, 4) == [("34", 9)]
    assert row(3, 5) == []


def test_every_meeting_of_a_row_must_be_free(school, room, row):
    teacher = a_person(school)
    open_week(room, 3, 4, 5, spans=[(time(9), time(12))])
    a_run(a_plan("10:00", on=DAY + timedelta(days=7), room=room), organiser=school)
    a_run(a_plan("09:00", on=DAY + timedelta(days=1), teacher=teacher), organiser=school)
    assert row(3, teacher=teacher) == [("5", 9)]


def test_no_hours_are_offered_that_are_too_short_or_closed(room, row):
    open_week(room, 3, spans=[(time(9), time(10)), (time(14), time(17))])
    open_week(room, 4, spans=[(time(9), time(12))])
    closed_on(room.venue, DAY + timedelta(days=8), DAY + timedelta(days=8))
    assert row(3) == []
    assert row(3, times=1) == [("4", 9)]


def test_no_hours_are_offered_at_which_the_term_is_too_short(room, row):
    open_week(room, 4, spans=[(time(9), time(12))])
    assert row(3, last_day=DAY + timedelta(days=7)) == []
    assert row(3, last_day=DAY + timedelta(days=8)) == [("4", 9)]


def test_no_hours_are_offered_without_opening_hours_or_without_a_room(row):
    assert row(3) == []
    assert row(3, room=None, venue=None) == []


def test_a_room_must_be_free_every_time(school, room):
    once, never = a_room(room.venue, "204"), a_room(room.venue, "205")
    a_run(a_plan(on=DAY + timedelta(days=7), room=once), organiser=school)
    assert free_rooms(weekly(a_plan(room=room), 2), [once, never]) == [never]
