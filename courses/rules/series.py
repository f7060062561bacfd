"""A row of meetings from a rule: every Wednesday 14:00–15:30, eight times, holidays passed over."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courses.enums import Weekday
from courses.rules.calendar import Day, DayKind, day

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)
# Longer than any term: a rule that finds no day must come to an end.
MOST_WEEKS = 60


@dataclass(frozen=True)
class SeriesRule:
    """``times`` meetings on these weekdays from ``first_day`` on; none after ``last_day``, where that is given.

    ``kept`` are holidays on which the class is held all the same, because the planner confirmed it.
    """

    first_day: date
    weekdays: frozenset[Weekday]
    starts: time
    ends: time
    times: int
    last_day: date | None = None
    kept: frozenset[date] = frozenset()


@dataclass(frozen=True)
class PlannedDay:
    """A day of a series: a meeting, or a holiday that is passed over (``is_held`` False)."""

    day: Day
    is_held: bool

    @property
    def on(self) -> date:
        return self.day.on


def planned_days(rule: SeriesRule) -> list[PlannedDay]:
    """Return the days of a series in order, the holidays passed over among them.

    The series runs on after a holiday, until it has as many meetings as asked for or reaches the last day.
    """
    days: list[PlannedDay] = []
    held = 0
    for on in _days_of(rule):
        found = day(on)
        is_held = found.kind is not DayKind.HOLIDAY or on in rule.kept
        days.append(PlannedDay(found, is_held))
        held += is_held
        if held == rule.times:
            break
    return days


def usual_week(
    meetings: Sequence[tuple[datetime, datetime]],
) -> tuple[frozenset[Weekday], time, time]:
    """Return the weekdays and hours that a row of meetings was made from, as far as it can be seen from them.

    A weekday counts when it has at least half as many meetings as the commonest; the hours are the commonest.
    """
    local = [(starts.astimezone(SHANGHAI), ends.astimezone(SHANGHAI)) for starts, ends in meetings]
    days = Counter(starts.isoweekday() for starts, _ in local)
    most = max(days.values())
    weekdays = frozenset(Weekday(each) for each, times in days.items() if times * 2 >= most)
    ((starts, ends), _), *_ = Counter((starts.time(), ends.time()) for starts, ends in local).most_common()
    return weekdays, starts, ends


def moments(rule: SeriesRule, on: date) -> tuple[datetime, datetime]:
    """Return when a meeting of the series on that day starts and ends, in Shanghai."""
    return at(on, rule.starts), at(on, rule.ends)


def at(on: date, clock: time) -> datetime:
    """Return a moment by Shanghai's clock."""
    return datetime.combine(on, clock, tzinfo=SHANGHAI)


def _days_of(rule: SeriesRule) -> Iterator[date]:
    last = rule.last_day or rule.first_day + WEEK * MOST_WEEKS
    on = rule.first_day
    while on <= last:
        if on.isoweekday() in rule.weekdays:
            yield on
        on += timedelta(days=1)
