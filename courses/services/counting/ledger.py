"""What counts of a learner, and which totals it stands in; from it kept totals are changed and made anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from courses.enums import TallyLevel
from courses.models import Attendance
from courses.rules.counting import district_of, periods_of
from courses.rules.series import SHANGHAI

CITY = 0
# A database takes only so many values at once.
MANY = 10_000


class Cell(NamedTuple):
    """One kept total; sorted, they are always taken in one order."""

    level: str
    place: int
    period: str
    subject: str


class Counted(NamedTuple):
    """One 人次: whose, in which session, and what decides where it is counted."""

    person: int
    session: int
    held_at: datetime
    scenario: str
    lineage: str
    area: int
    area_kind: str
    district_of_area: int | None

    @property
    def on(self) -> date:
        """The day it was held, in Shanghai, whenever it was put down (R4); of a recorded one when it was done (R7)."""
        return self.held_at.astimezone(SHANGHAI).date()

    @property
    def years(self) -> set[int]:
        """The years its totals are in: the calendar's, and that of its week."""
        on = self.on
        return {on.year, on.isocalendar().year}


FIELDS = (
    "person",
    "session_id",
    "held_at",
    "session__main_scenario",
    "session__run__organiser__lineage",
    "session__run__organiser__area_id",
    "session__run__organiser__area__kind",
    "session__run__organiser__area__parent_id",
)


def places_of(one: Counted) -> list[tuple[str, int]]:
    """Return the levels and places it belongs to: the organiser's, and what stands above that."""
    return [
        (TallyLevel.CITY.value, CITY),
        *([(TallyLevel.DISTRICT.value, district)] if (district := _district(one)) else []),
        *((TallyLevel.BRANCH.value, organisation) for organisation in branches(one.lineage)),
    ]


def branches(lineage: str) -> list[int]:
    """Return the organisations a lineage names, without the city's own at its top; /1/15/203/ is 15 and 203."""
    return [int(part) for part in lineage.strip("/").split("/")[1:]]


def _district(one: Counted) -> int | None:
    return district_of(area=one.area, kind=one.area_kind, parent=one.district_of_area)


def cells_of(one: Counted) -> list[Cell]:
    """Return every total it stands in."""
    periods, subjects = periods_of(one.on), ("", one.scenario)
    return [
        Cell(level, place, period, subject)
        for level, place in places_of(one)
        for period in periods
        for subject in subjects
    ]


def counted_of(learners: Iterable[int]) -> dict[int, dict[int, Counted]]:
    """Return what counts of these rows' people, by person and session: two rows in one session are one (R1, R2)."""
    found: dict[int, dict[int, Counted]] = defaultdict(dict)
    for some in batched(sorted(learners), MANY):
        rows = Attendance.objects.counted().by_person().dated().filter(learner_id__in=some)
        for row in rows.values_list(*FIELDS):
            one = Counted(*row)
            # Of two rows of one person the earlier one says the day.
            first = found[one.person].setdefault(one.session, one)
            found[one.person][one.session] = min(first, one, key=lambda each: each.held_at)
    return found


def batched(ids: list[int], size: int) -> Iterator[list[int]]:
    """Yield ``ids`` in pieces."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
