"""Altered rows, lost triggers, broken seals and locked months: each is found, and said in a sentence."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cms.services.insert_only import ensure_triggers
from courses.enums import AttendanceState, Duty
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, DailySeal, Tally
from courses.services.counting.months import lock_month, locked_months
from courses.services.counting.recount import check
from courses.services.counting.seals import head, seal
from courses.services.roll_call.guests import approve_heads, count_heads
from courses.services.scheduling.sessions import move_session, restore_session, say_not_held
from tests.factories.classes import a_college, a_member
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import moment
from tests.queries import queries_of
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

IN_DECEMBER = moment("10:00", date(2026, 12, 3))
DAY_LATER = timedelta(days=1)
DAYS_LATER = moment("13:00", date(2026, 11, 13))


@pytest.fixture
def session():
    return a_held_session()


@pytest.fixture
def lines(session):
    return put_down(session, *seniors(session, 3))


def behind_the_back(sql: str, *values) -> None:
    """Change the database as somebody does who takes the triggers away first."""
    with connection.cursor() as cursor:
        for table in ("courses_attendance", "courses_dailyseal"):
            for what in ("update", "delete"):
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{what}"{on}')
        cursor.execute(sql, values)
    ensure_triggers()


def found() -> str:
    return "\n".join(check().differences)


def test_all_is_well(lines):
    seal(now=DAYS_LATER)
    assert found() == ""
    out = StringIO()
    call_command("recount", check=True, stdout=out)
    assert head().digest in out.getvalue()


def test_the_database_refuses_to_change_a_line(lines):
    for sql in ("UPDATE courses_attendance SET counts = false", "DELETE FROM courses_attendance"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Attendance.objects.count() == 3


def test_an_altered_line_is_found(lines):
    behind_the_back(
        "UPDATE courses_attendance SET state = %s WHERE id = %s", AttendanceState.LATE, lines[0].pk
    )
    assert f"签到 {lines[0].pk} 被人改过" in found()
    with pytest.raises(CommandError):
        call_command("recount", check=True, stderr=StringIO())


def test_a_deleted_line_is_found_by_totals_and_by_the_seal(lines):
    seal(now=DAYS_LATER)
    behind_the_back("DELETE FROM courses_attendance WHERE id = %s", lines[0].pk)
    assert "合计不对" in found()
    assert "封条 2026-11-11 对不上：封的时候 3 行，现在 2 行" in found()


def test_an_altered_total_is_found(lines):
    Tally.objects.filter(level="city", period="2026", subject="").update(attendances=4)
    assert "记的是 4 人次 3 人，该是 3 人次 3 人" in found()


def test_a_seal_that_was_made_anew_breaks_the_chain(lines):
    seal(now=DAYS_LATER)
    behind_the_back("UPDATE courses_dailyseal SET digest = %s WHERE day = %s", "f" * 64, "2026-11-11")
    assert "封条 2026-11-12 接不上前一天的" in found()


def test_a_missing_trigger_is_found(lines):
    with connection.cursor() as cursor:
        on = ' ON "courses_attendance"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "courses_attendance_no_update"{on}')
    assert "少了触发器：courses_attendance_no_update" in found()
    ensure_triggers()


def test_a_day_is_sealed_once_it_is_over_for_long_enough(lines):
    assert seal(now=moment("23:00")) == []
    assert [each.day for each in seal(now=moment("12:00", date(2026, 11, 12)))] == [date(2026, 11, 11)]
    assert seal(now=moment("12:00", date(2026, 11, 12))) == []
    assert [each.rows for each in seal(now=DAYS_LATER)] == [0]
    assert DailySeal.objects.count() == 2


def test_nothing_recorded_nothing_sealed():
    assert seal(now=DAYS_LATER) == []
    assert head() is None


@pytest.fixture
def manager(session):
    return a_member(Duty.DISTRICT_MANAGER, session.run.organiser.guided_by)


def test_in_a_locked_month_a_change_wants_a_reason_and_shows(session, lines, manager):
    district = session.run.organiser.guided_by.area
    later = moment("10:00", date(2026, 12, 3))
    lock = lock_month(district=district, month=date(2026, 11, 30), by=manager, now=later)
    assert (lock.attendances, lock.people) == (3, 3)
    with pytest.raises(Refused, check=lambda refused: refused.code == "month-locked"):
        put_down(session, lines[0].learner, state=AttendanceState.ABSENT, now=later + timedelta(days=1))
    assert not locked_months(district)[0].is_changed
    put_down(
        session,
        lines[0].learner,
        state=AttendanceState.ABSENT,
        now=later + timedelta(days=1),
        because="点错了人",
    )
    (month,) = locked_months(district)
    assert (month.corrections, month.difference) == (1, -1)


@pytest.fixture
def reported(session, lines, manager):
    """November, as its district reported it."""
    district = session.run.organiser.guided_by.area
    lock_month(district=district, month=date(2026, 11, 1), by=manager, now=IN_DECEMBER)
    return district


def changes_of(district) -> tuple[int, int]:
    (month,) = locked_months(district)
    return month.corrections, month.difference


def test_in_a_reported_month_what_the_roll_says_already_wants_no_reason(session, lines, reported):
    assert put_down(session, lines[0].learner, now=IN_DECEMBER) == []


@time_machine.travel(IN_DECEMBER + DAY_LATER, tick=False)
def test_sessions_changed_in_a_reported_month_show(session, reported):
    say_not_held(session=session, because="老师没来", by=None, now=IN_DECEMBER)
    assert changes_of(reported) == (1, -3)
    restore_session(session=session, because="记错了", by=None)
    assert changes_of(reported) == (2, 0)


@time_machine.travel(IN_DECEMBER + DAY_LATER, tick=False)
def test_a_session_moved_out_of_a_reported_month_shows_there(session, reported):
    when = moment("14:00", date(2026, 12, 9))
    move_session(
        session=session, because="改期", by=None, starts_at=when, ends_at=when + timedelta(minutes=90)
    )
    assert changes_of(reported) == (1, -3)


def test_heads_of_a_reported_month_want_a_reason_and_show(session, reported, manager):
    with refusal("month-locked"):
        count_heads(session=session, heads=5, by=manager, now=IN_DECEMBER)
    count_heads(session=session, heads=5, by=manager, now=IN_DECEMBER + DAY_LATER, because="漏了")
    assert changes_of(reported) == (1, 0)
    approve_heads(session=session, because="有照片", by=manager, now=IN_DECEMBER + DAY_LATER)
    assert changes_of(reported) == (2, 5)


def test_heads_that_were_approved_before_were_reported_too(session, lines, manager):
    count_heads(session=session, heads=5, by=manager, now=session.ends_at)
    approve_heads(session=session, because="有照片", by=manager, now=session.ends_at)
    district = session.run.organiser.guided_by.area
    lock = lock_month(district=district, month=date(2026, 11, 1), by=manager, now=IN_DECEMBER)
    assert lock.reported == 8
    assert changes_of(district) == (0, 0)


def test_what_changes_elsewhere_or_before_is_no_correction(session, reported):
    other = a_held_session(organiser=a_college(district="别的区"))
    put_down(other, *seniors(other, 2, start=60), now=IN_DECEMBER + DAY_LATER)
    assert changes_of(reported) == (0, 0)


def test_queries_do_not_grow_with_the_months(session, reported, manager):
    few = queries_of(lambda: locked_months(reported))
    for month in (9, 10):
        lock_month(district=reported, month=date(2026, month, 1), by=manager, now=IN_DECEMBER)
    assert queries_of(lambda: locked_months(reported)) == few


def test_a_month_is_locked_once_it_is_over_by_its_district(session, manager):
    district = session.run.organiser.guided_by.area
    november = date(2026, 11, 1)
    with pytest.raises(Refused, check=lambda refused: refused.code == "not-over"):
        lock_month(district=district, month=november, by=manager, now=moment("10:00"))
    later = moment("10:00", date(2026, 12, 3))
    stranger = a_member(Duty.DISTRICT_MANAGER, a_college(district="别的区"))
    with pytest.raises(NotAllowed):
        lock_month(district=district, month=november, by=stranger, now=later)
    with pytest.raises(Refused, check=lambda refused: refused.code == "no-district"):
        lock_month(district=session.run.organiser.area, month=november, by=manager, now=later)
    lock_month(district=district, month=november, by=manager, now=later)
    with pytest.raises(Refused, check=lambda refused: refused.code == "locked-already"):
        lock_month(district=district, month=november, by=manager, now=later)
