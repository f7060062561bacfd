"""可能拆成两次的课 (R10): what is pointed at, who sees it, and that no number changes."""

from datetime import date, timedelta

import pytest

from courses.enums import Duty, RecordKind, TeachingRole
from courses.models import ClassSession
from courses.rules.split_sessions import are_mostly_same, is_right_after
from courses.services.counting.totals import THE_CITY, total
from courses.services.learners import merge
from tests.factories.classes import (
    a_college,
    a_member,
    a_person,
    a_room,
    a_school,
    a_venue,
    the_city,
)
from tests.factories.roll_call import put_down, seniors
from tests.factories.timetable import DAY, a_plan, a_run, moment
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST, BOARD = "/admin/desk/progress/doubled/", "/admin/desk/progress/"


@pytest.fixture(autouse=True)
def three_days_later(time_machine):
    time_machine.move_to(f"{DAY + timedelta(days=3)} 10:00+08:00")


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def school(college):
    return a_school(college, "东学校")


@pytest.fixture
def room(school):
    return a_room(a_venue(school), seats=200)


@pytest.fixture
def teacher(school):
    return a_person(school, "周老师", role=TeachingRole.TEACHER)


def browser(client, duty, organisation):
    client.force_login(a_member(duty, organisation))
    return client


def two_sessions(
    school, own_room, own_teacher, *, second="15:30", **changed
) -> tuple[ClassSession, ClassSession]:
    """Make one from 14:00 to 15:30 and another that begins at ``second``, each of a class of its own."""
    first = a_run(a_plan("14:00", room=own_room, teacher=own_teacher), organiser=school)
    plan = {"room": own_room, "teacher": own_teacher} | changed
    other = a_run(a_plan(second, **plan), organiser=school, title="第二个班")
    return first.sessions.get(), other.sessions.get()


def pairs(client) -> list[list[str]]:
    rows = parsed(client.get(LIST)).all(".desk-table tbody tr")
    return [[cell.text.strip() for cell in row.select("th, td")] for row in rows]


@pytest.mark.parametrize(("minutes", "is_so"), [(-1, False), (0, True), (30, True), (31, False)])
def test_half_an_hour_is_right_after_and_a_minute_more_is_not(minutes, is_so):
    ends = moment("15:30")
    assert is_right_after(ends_at=ends, starts_at=ends + timedelta(minutes=minutes)) is is_so


@pytest.mark.parametrize(
    ("first", "second", "is_so"),
    [
        (range(100), range(20, 100), True),
        (range(100), range(21, 100), False),
        # Of the larger set, whichever that is.
        (range(80), range(100), True),
        (range(79), range(100), False),
        (range(5), range(1, 5), True),
        ((), (), False),
    ],
)
def test_four_in_five_of_the_larger_set_are_the_same_people(first, second, is_so):
    assert are_mostly_same(set(first), set(second)) is is_so


def test_two_in_a_row_with_the_same_people_are_a_pair_and_still_count_twice(client, school, room, teacher):
    first, second = two_sessions(school, room, teacher, second="16:00")
    five = seniors(first, 5)
    put_down(first, *five)
    put_down(second, *five[:4])
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    (row,) = pairs(clerk)
    assert row[0] == "手机入门 第 1 次"
    assert row[2] == "第二个班 第 1 次"
    assert row[-3:] == ["5", "4", "4（80%）"]
    assert "不会改人次" in clerk.get(LIST).content.decode()
    assert total(THE_CITY, "2026").attendances == 9
    assert five[0].name not in clerk.get(LIST).content.decode()


def test_79_percent_or_31_minutes_are_no_pair(client, school, room, teacher):
    first, second = two_sessions(school, room, teacher, second="16:01")
    put_down(first, *(people := seniors(first, 5)))
    put_down(second, *people)
    third = a_run(a_plan("17:31", room=room, teacher=teacher), organiser=school).sessions.get()
    put_down(third, *people[:3], *seniors(third, 2, start=50))
    assert pairs(browser(client, Duty.SCHOOL_STAFF, school)) == []


@pytest.mark.parametrize("what", ["teacher", "room", "cancelled", "not-held", "assistance", "no-roll"])
def test_what_differs_is_no_pair(client, school, room, teacher, what):
    changed = {
        "teacher": {"teacher": a_person(school, "李老师", role=TeachingRole.TEACHER)},
        "room": {"room": a_room(room.venue, "另一间")},
    }
    first, second = two_sessions(school, room, teacher, **changed.get(what, {}))
    put_down(first, *(people := seniors(first, 2)))
    if what != "no-roll":
        kind = RecordKind.ASSISTANCE if what == "assistance" else RecordKind.TRAINING
        put_down(second, *people, kind=kind)
    if what in {"cancelled", "not-held"}:
        ClassSession.objects.filter(pk=second.pk).update(state=what)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    assert pairs(clerk) == []
    assert "这个月没有" in clerk.get(LIST).content.decode()


def test_a_class_across_noon_is_one_session_and_no_pair(client, school, room, teacher):
    plan = a_plan("10:00", room=room, teacher=teacher, ends_at=moment("14:30"))
    session = a_run(plan, organiser=school).sessions.get()
    put_down(session, *seniors(session, 3))
    assert pairs(browser(client, Duty.SCHOOL_STAFF, school)) == []
    assert total(THE_CITY, "2026").attendances == 3


def test_two_sessions_of_one_class_and_a_person_under_two_rows(client, school, room, teacher):
    plans = [a_plan(clock, room=room, teacher=teacher) for clock in ("14:00", "15:30")]
    first, second = a_run(*plans, organiser=school).sessions.order_by("number")
    keep, drop = seniors(first, 2)
    put_down(first, keep)
    put_down(second, drop)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    assert pairs(clerk) == []
    merge(keep=keep, drop=drop, by=None)
    (row,) = pairs(clerk)
    assert row[-1] == "1（100%）"


def test_it_is_of_the_month_that_is_asked_for(client, school, room, teacher):
    first, second = two_sessions(school, room, teacher)
    put_down(first, *(people := seniors(first, 2)))
    put_down(second, *people)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    assert "第二个班" in clerk.get(f"{LIST}?month=2026-11").content.decode()
    assert "第二个班" not in clerk.get(f"{LIST}?month=2026-10").content.decode()
    assert "第二个班" in clerk.get(f"{LIST}?month=nonsense").content.decode()
    assert "第二个班" in clerk.get(f"{LIST}?export=csv").content.decode("utf-8-sig")


def test_districts_and_the_city_are_told_once_there_is_one(client, college, school, room, teacher):
    first, second = two_sessions(school, room, teacher)
    put_down(first, *(people := seniors(first, 2)))
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    assert "拆成了两次" not in manager.get(BOARD).content.decode()
    put_down(second, *people)
    for duty, organisation in ((Duty.CITY_MANAGER, the_city()), (Duty.DISTRICT_MANAGER, a_college("新"))):
        seen = browser(client, duty, organisation)
        is_told = "1 对课，可能是一次课拆成了两次" in seen.get(BOARD).content.decode()
        assert is_told is (duty == Duty.CITY_MANAGER)
    assert "拆成了两次" not in browser(client, Duty.SCHOOL_STAFF, school).get(BOARD).content.decode()


def test_of_another_branch_nothing_is_listed(client, school, room, teacher):
    first, second = two_sessions(school, room, teacher)
    put_down(first, *(people := seniors(first, 2)))
    put_down(second, *people)
    other = a_school(a_college("西社区学院", district="西区"), "西学校")
    assert pairs(browser(client, Duty.SCHOOL_STAFF, other)) == []
    assert len(pairs(browser(client, Duty.CITY_MANAGER, the_city()))) == 1


def test_it_costs_the_same_for_one_pair_and_for_three(client, school):
    clerk = browser(client, Duty.SCHOOL_STAFF, school)

    def add_pair(number: int) -> None:
        own = a_room(a_venue(school, f"第{number}处"), seats=50)
        person = a_person(school, f"{number}老师", role=TeachingRole.TEACHER)
        first, second = two_sessions(school, own, person)
        put_down(first, *(people := seniors(first, 2, start=10 + 10 * number)))
        put_down(second, *people)

    assert of_one_as_of_three(add_pair, lambda: clerk.get(LIST)) <= 20
    assert len(pairs(clerk)) == 3


def test_the_second_of_a_pair_may_begin_in_the_next_month(client, school, room, teacher):
    on = date(2026, 10, 31)
    first = a_run(a_plan("22:30", on, room=room, teacher=teacher), organiser=school).sessions.get()
    later = a_plan("00:10", date(2026, 11, 1), room=room, teacher=teacher)
    second = a_run(later, organiser=school).sessions.get()
    put_down(first, *(people := seniors(first, 2)))
    put_down(second, *people)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    assert "共 1 对" in clerk.get(f"{LIST}?month=2026-10").content.decode()
    assert pairs(clerk) == []
