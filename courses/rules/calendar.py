"""Which days are public holidays, which weekend days are worked, and which years nobody has announced yet.

Source: the State Council's yearly notices, as the library `holidays` keeps them. A holiday there is a weekday or a
statutory day; the weekend beside it belongs to it too (放假通知 names whole spans), unless it is a make-up working day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
# No holiday of China has ever been longer.
LONGEST = 12


class DayKind(Enum):
    """What a day is for planning."""

    ORDINARY = "平常日子"
    HOLIDAY = "放假"
    WORKED_WEEKEND = "调休上班"
    UNKNOWN = "放假安排未公布"


@dataclass(frozen=True)
class Day:
    """A day with what it is; ``name`` is the holiday's, "" for other days."""

    on: date
    kind: DayKind
    name: str = ""

    @property
    def words(self) -> str:
        """What a planner is told about it, "" for an ordinary day."""
        if self.kind is DayKind.HOLIDAY:
            return f"{self.name}放假"
        if self.kind is DayKind.WORKED_WEEKEND:
            return "周末，但是调休要上班"
        return "放假安排未公布，请自行核对" if self.kind is DayKind.UNKNOWN else ""


@lru_cache(maxsize=16)
def _year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=[year], language="zh_CN")


@lru_cache(maxsize=64)
def is_announced(year: int) -> bool:
    """True when the holidays of the year are known; without the notice a working day may be none."""
    return year in holidays.country_holidays("CN").special_public_holidays


def day(on: date) -> Day:
    """Return what a day is."""
    if not is_announced(on.year):
        return Day(on, DayKind.UNKNOWN)
    if _is_worked_weekend(on):
        return Day(on, DayKind.WORKED_WEEKEND)
    name = _holiday_name(on)
    return Day(on, DayKind.HOLIDAY, name) if name else Day(on, DayKind.ORDINARY)


def _is_weekend(on: date) -> bool:
    return on.isoweekday() >= 6


def _is_worked_weekend(on: date) -> bool:
    return _is_weekend(on) and _year(on.year).is_working_day(on)


def _holiday_name(on: date) -> str:
    """Return the holiday a day belongs to: its own, or that of the span its weekend is part of."""
    if own := _own_name(on):
        return own
    if not _is_weekend(on):
        return ""
    return _name_beside(on, -ONE_DAY) or _name_beside(on, ONE_DAY)


def _own_name(on: date) -> str:
    said = _year(on.year).get(on) or ""
    if said.startswith("休息日"):
        # A day off that was worked for on a weekend: it belongs to the holiday it touches.
        return _name_beside(on, -ONE_DAY) or _name_beside(on, ONE_DAY) or "假期"
    return said.partition("（")[0]


def _name_beside(on: date, step: timedelta) -> str:
    other = on + step
    for _ in range(LONGEST):
        if not is_announced(other.year) or _is_worked_weekend(other):
            return ""
        said = _year(other.year).get(other) or ""
        if said and not said.startswith("休息日"):
            return said.partition("（")[0]
        if not said and not _is_weekend(other):
            return ""
        other += step
    return ""
