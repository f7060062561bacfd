"""What becomes of a programme at the pace of the last weeks: a range, never one number that nobody can know.

The pace is that of the last eight full weeks (Monday to Sunday), the range that of their slower and their faster half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# So many full weeks are looked at, and at least so many are needed to say anything.
WEEKS, FEWEST = 8, 4
# Whatever is further away than that is as good as never: nobody plans by it.
FURTHEST = timedelta(days=5 * 365)


class Outlook(StrEnum):
    """What there is to be said."""

    REACHED = "reached"
    OVERDUE = "overdue"
    TOO_EARLY = "too-early"
    AT_A_STAND = "at-a-stand"
    IN_TIME = "in-time"
    TOO_LATE = "too-late"


@dataclass(frozen=True)
class Pace:
    """人次 a week: of all the weeks, of the slower half, of the faster half."""

    weeks: int
    usual: float
    slow: float
    fast: float


@dataclass(frozen=True)
class Forecast:
    """How many on the due day (usual, at least, at most), and when the target is reached; None: not foreseeable."""

    outlook: Outlook
    pace: Pace | None = None
    at_due: int = 0
    at_due_least: int = 0
    at_due_most: int = 0
    reached_on: date | None = None
    reached_first: date | None = None
    reached_last: date | None = None


def full_weeks(on: date, *, since: date) -> list[date]:
    """Return the Mondays of the last full weeks before ``on``, none that began before ``since``; the oldest first."""
    this_monday = on - timedelta(days=on.weekday())
    mondays = (this_monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1))
    return [monday for monday in mondays if monday >= since]


def pace_of(weeks: Sequence[int]) -> Pace | None:
    """Return the pace of full weeks; None where there are too few of them to say."""
    if len(weeks) < FEWEST:
        return None
    ordered, half = sorted(weeks), len(weeks) // 2
    return Pace(
        weeks=len(ordered),
        usual=sum(ordered) / len(ordered),
        slow=sum(ordered[:half]) / half,
        fast=sum(ordered[-half:]) / half,
    )


def forecast(*, reported: int, target: int, weeks: Sequence[int], on: date, due_on: date) -> Forecast:
    """Return what the last full weeks promise for a programme that has come so far on a day."""
    pace = pace_of(weeks)
    if reported >= target:
        return Forecast(Outlook.REACHED, pace)
    if on >= due_on:
        return Forecast(Outlook.OVERDUE, pace)
    if pace is None:
        return Forecast(Outlook.TOO_EARLY)
    if not pace.usual:
        return Forecast(Outlook.AT_A_STAND, pace, reported, reported, reported)
    left, days = target - reported, (due_on - on).days
    reached_on = _reached(left, pace.usual, on)
    usual, least, most = (reported + round(each * days / 7) for each in (pace.usual, pace.slow, pace.fast))
    return Forecast(
        Outlook.IN_TIME if reached_on and reached_on <= due_on else Outlook.TOO_LATE,
        pace,
        at_due=usual,
        at_due_least=least,
        at_due_most=most,
        reached_on=reached_on,
        reached_first=_reached(left, pace.fast, on),
        reached_last=_reached(left, pace.slow, on),
    )


def _reached(left: int, a_week: float, on: date) -> date | None:
    """Return the day on which so many more are there; None where that is too far away to be said."""
    if not a_week:
        return None
    # Rounded up: the day on which the last of them is there.
    takes = timedelta(days=-int(-left * 7 // a_week))
    return on + takes if takes <= FURTHEST else None
