"""A month on one sheet: weeks from Monday to Sunday, each day with what is held and what is to be known of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.models import ClassSession
from courses.rules.calendar import Day, day
from courses.rules.series import at
from courses.services.scheduling.board import DAYS, monday_of

# More would make the days of a full month uneven; the rest is on the week board.
MOST_SHOWN = 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MonthDay:
    """A day: ``sessions`` are all of it, in the order of the clock. ``is_inside``: of the month itself."""

    day: Day
    is_inside: bool
    sessions: list[ClassSession]

    @property
    def shown(self) -> list[ClassSession]:
        return self.sessions[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many sessions are not shown."""
        return max(0, len(self.sessions) - MOST_SHOWN)

    @property
    def says_something(self) -> bool:
        """True when there is anything to read on it."""
        return self.is_inside and bool(self.sessions or self.day.words)


def month_before(on: date) -> date:
    """Return the first day of the month before."""
    return (on.replace(day=1) - ONE_DAY).replace(day=1)


def month_after(on: date) -> date:
    """Return the first day of the month after."""
    return (on.replace(day=1) + timedelta(days=31)).replace(day=1)


def sessions_of_month(sessions, on: date):
    """Return the sessions that begin in the weeks of a day's month, with what a month shows of them."""
    first, after = _span(on)
    midnight = datetime.min.time()
    rows = sessions.filter(starts_at__gte=at(first, midnight), starts_at__lt=at(after, midnight))
    return rows.select_related("run", "venue", "room").order_by("starts_at", "pk")


def month(sessions: Iterable[ClassSession], *, on: date) -> list[list[MonthDay]]:
    """Lay out the weeks of a day's month."""
    by_day: dict[date, list[ClassSession]] = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    days = [MonthDay(day(each), each.month == on.month, by_day[each]) for each in _days(on)]
    return [days[first : first + DAYS] for first in range(0, len(days), DAYS)]


def _span(on: date) -> tuple[date, date]:
    """Return the Monday a month's sheet begins with, and the Monday after its last week."""
    return monday_of(on.replace(day=1)), monday_of(month_after(on) - ONE_DAY) + timedelta(days=DAYS)


def _days(on: date) -> Iterator[date]:
    first, after = _span(on)
    for ahead in range((after - first).days):
        yield first + timedelta(days=ahead)
