"""Rows of meetings from a rule."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.enums import Weekday
from courses.rules.calendar import DayKind, day
from courses.rules.series import SeriesRule, at, moments, planned_days, usual_week

WEDNESDAYS = SeriesRule(
    first_day=date(2026, 9, 9),
    weekdays=frozenset({Weekday.WEDNESDAY}),
    starts=time(14),
    ends=time(15, 30),
    times=8,
)


def held(rule):
    return [each.on for each in planned_days(rule) if each.is_held]


def test_a_holiday_is_shown_and_passed_over_and_the_series_runs_on():
    days = planned_days(WEDNESDAYS)
    assert [each.on for each in days if not each.is_held] == [date(2026, 10, 7)]
    assert len(held(WEDNESDAYS)) == 8
    assert held(WEDNESDAYS)[-1] == date(2026, 11, 4)


def test_a_holiday_the_planner_confirms_is_held():
    kept = replace(WEDNESDAYS, kept=frozenset({date(2026, 10, 7)}))
    assert all(each.is_held for each in planned_days(kept))
    assert held(kept)[-1] == date(2026, 10, 28)


def test_nothing_is_planned_after_the_term():
    assert held(replace(WEDNESDAYS, last_day=date(2026, 9, 30))) == [
        date(2026, 9, 9),
        date(2026, 9, 16),
        date(2026, 9, 23),
        date(2026, 9, 30),
    ]


def test_worked_saturdays_are_held_like_any_day():
    saturdays = replace(
        WEDNESDAYS, weekdays=frozenset({Weekday.SATURDAY}), first_day=date(2026, 10, 3), times=2
    )
    days = planned_days(saturdays)
    assert [(each.on, each.is_held) for each in days] == [
        (date(2026, 10, 3), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 17), True),
    ]
    assert days[1].day.kind is DayKind.WORKED_WEEKEND


def test_days_nobody_has_announced_say_so():
    ahead = replace(WEDNESDAYS, first_day=date(2050, 3, 2), times=1)
    assert planned_days(ahead)[0].day.words == "放假安排未公布，请自行核对"


def test_times_are_those_of_shanghai():
    starts, ends = moments(WEDNESDAYS, date(2026, 9, 9))
    assert starts.isoformat() == "2026-09-09T14:00:00+08:00"
    assert ends - starts == timedelta(minutes=90)


@given(
    first=st.dates(date(2021, 1, 1), date(2026, 6, 30)),
    weekdays=st.frozensets(st.sampled_from(list(Weekday)), min_size=1),
    times=st.integers(1, 16),
)
def test_a_series_has_as_many_meetings_as_asked_for(first, weekdays, times):
    rule = replace(WEDNESDAYS, first_day=first, weekdays=weekdays, times=times)
    days = planned_days(rule)
    assert sum(each.is_held for each in days) == times
    assert [each.on for each in days] == sorted({each.on for each in days})
    assert all(each.on >= first and each.on.isoweekday() in weekdays for each in days)
    assert all(each.is_held == (day(each.on).kind is not DayKind.HOLIDAY) for each in days)


def met(*days: str, starts: str = "14:00"):
    """Meetings of an hour on these days."""
    return [
        (begins, begins + timedelta(hours=1))
        for on in days
        for begins in [at(date.fromisoformat(on), time.fromisoformat(starts))]
    ]


def test_weekdays_are_seen_from_the_meetings_and_rare_ones_left_out():
    wednesdays = met("2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25")
    thursdays = met("2026-11-05", "2026-11-12", starts="09:00")
    assert usual_week([*thursdays[:1], *wednesdays]) == (frozenset({Weekday.WEDNESDAY}), time(14), time(15))
    days, starts, _ = usual_week([*thursdays, *wednesdays])
    assert days == {Weekday.WEDNESDAY, Weekday.THURSDAY}
    assert starts == time(14)


def test_the_weekday_is_that_of_shanghai():
    late = [
        (starts.astimezone(UTC), ends.astimezone(UTC)) for starts, ends in met("2026-11-11", starts="06:00")
    ]
    assert usual_week(late) == (frozenset({Weekday.WEDNESDAY}), time(6), time(7))
