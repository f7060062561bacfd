"""Places that are given up, closed for some days, or outside their hours."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import Duty
from courses.errors import Refused
from courses.services.scheduling.open_places import (
    outside_hours_of,
    refuse_closed_places,
    sessions_in,
)
from courses.services.scheduling.plans import check
from courses.services.scheduling.sessions import cancel_sessions, make_up, move_session
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林社区学校"))


@pytest.fixture
def planner(school):
    return a_member(Duty.SCHOOL_STAFF, school)


def closed():
    return pytest.raises(Refused, check=lambda refused: refused.code == "closed")


def test_a_closed_room_is_refused_with_day_place_and_reason(school, room):
    closed_on(room.venue, date(2026, 12, 28), date(2026, 12, 31), room=room)
    with closed() as refused:
        a_run(a_plan(on=date(2026, 12, 30), room=room), organiser=school)
    words = "12月30日 田林社区学校 203 暂停使用：装修。请换一天，或者换地方。"
    assert str(refused.value) == words
    assert refused.value.fields == {"room": words}


@pytest.mark.parametrize(("ahead", "is_closed"), [(-1, False), (0, True), (2, True), (3, False)])
def test_both_days_of_a_closure_are_closed(room, ahead, is_closed):
    closed_on(room.venue, DAY, DAY + 2 * ONE_DAY)
    plan = a_plan("08:00", on=DAY + ahead * ONE_DAY, room=room)
    if is_closed:
        with closed():
            check([plan])
    else:
        check([plan])


def test_a_closed_room_closes_neither_the_next_room_nor_the_house(room):
    closed_on(room.venue, DAY, DAY, room=room)
    check([a_plan(room=a_room(room.venue, "204"))])
    check([replace(a_plan(room=room), room=None)])


def test_a_closed_house_is_named_without_a_room(room):
    closed_on(room.venue, DAY, DAY)
    with closed() as refused:
        check([replace(a_plan(room=room), room=None)])
    assert "11月11日 田林社区学校 暂停使用：装修" in str(refused.value)
    assert set(refused.value.fields) == {"venue"}


@pytest.mark.parametrize("what", ["room", "venue"])
def test_what_is_given_up_is_refused_from_its_last_day_on(room, what):
    thing = room if what == "room" else room.venue
    thing.closed_on = DAY
    check([a_plan(on=DAY - ONE_DAY, room=room)])
    with closed() as refused:
        check([a_plan(room=room)])
    assert "已经不用了" in str(refused.value)


def test_a_class_on_line_is_held_anywhere(room):
    closed_on(room.venue, DAY, DAY)
    check([a_plan()])


def test_every_closed_day_of_a_row_is_told_in_one_question(room):
    closed_on(room.venue, DAY, DAY + timedelta(weeks=9))
    settings = [plan.setting for plan in weekly(a_plan(room=room), 8)]
    with CaptureQueriesContext(connection) as queries, closed() as refused:
        refuse_closed_places(settings)
    assert len(queries) == 1
    assert str(refused.value).count("暂停使用") == 5
    assert "一共 8 次" in str(refused.value)


def test_moving_and_making_up_ask_too(room, school, planner):
    first, second = a_run(*weekly(a_plan(room=room), 2), organiser=school).sessions.all()
    closed_on(room.venue, DAY + ONE_DAY, DAY + ONE_DAY)
    there = a_plan(on=DAY + ONE_DAY, room=room)
    with closed():
        move_session(
            session=first, because="调课", by=planner, starts_at=there.starts_at, ends_at=there.ends_at
        )
    cancel_sessions(sessions=[second], because="停电", by=planner, now=LONG_BEFORE)
    with closed():
        make_up(session=second, plan=there, by=planner)


def test_outside_the_hours_is_told_once_for_a_row(room):
    open_week(room, 3)
    (words,) = outside_hours_of(weekly(a_plan(room=room), 8))
    assert words == (
        "星期三 14:00–15:30（8 次课）不在 田林社区学校 203 的开放时间里："
        "那天开 上午 9:00 到 11:30。请先问好有没有人开门。"
    )
    (words,) = outside_hours_of([a_plan(on=DAY + ONE_DAY, room=room)])
    assert "11月12日" in words
    assert "那天不开" in words


@pytest.mark.parametrize(
    ("clock", "is_told"), [("09:00", False), ("10:00", False), ("10:01", True), ("08:59", True)]
)
def test_touching_the_hours_is_inside(room, clock, is_told):
    open_week(room, 3, spans=[(time(9), time(11)), (time(11), time(11, 30))])
    assert bool(outside_hours_of([a_plan(clock, room=room)])) is is_told


def test_a_room_without_hours_and_no_room_are_told_nothing(room):
    late = a_plan("23:30", room=room)
    assert outside_hours_of([late, a_plan()]) == []
    open_week(room, 3, spans=[(time(9), time(23, 59))])
    assert outside_hours_of([late])


def test_what_a_closure_hits(school, room):
    run = a_run(*weekly(a_plan(room=room), 3), organiser=school)
    first, second, third = run.sessions.all()
    a_run(a_plan(room=a_room(room.venue, "204")), organiser=school)
    closure = closed_on(room.venue, DAY, third.on, room=room)
    assert list(sessions_in(closure, now=moment("08:00"))) == [first, second, third]
    assert list(sessions_in(closure, now=moment("20:00"))) == [second, third]
    cancel_sessions(sessions=[third], because="停电", by=None, now=LONG_BEFORE)
    assert list(sessions_in(closure, now=moment("20:00"))) == [second]
    house = closed_on(room.venue, DAY, DAY)
    assert sessions_in(house, now=moment("08:00")).count() == 2
