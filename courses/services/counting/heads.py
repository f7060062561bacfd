"""People without names, listed apart; in the reported number only where a district approved them (R9)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from courses.enums import SessionState
from courses.models import HeadCount
from courses.services.counting.totals import Place
from courses.services.counting.where import district, lies_in

ORGANISER = "session__run__organiser"


class Cell(NamedTuple):
    """Heads of one month, district and scenario; ``district`` None is the city's own."""

    month: str
    district: int | None
    scenario: str
    is_approved: bool
    many: int


@dataclass(frozen=True)
class Heads:
    """Heads of a time; ``open`` are those nobody has approved yet, the sums by something are of the approved."""

    cells: Sequence[Cell] = ()

    @cached_property
    def approved(self) -> int:
        return sum(each.many for each in self.cells if each.is_approved)

    @cached_property
    def open(self) -> int:
        return sum(each.many for each in self.cells if not each.is_approved)

    @cached_property
    def by_month(self) -> Mapping[str, int]:
        return self._by("month")

    @cached_property
    def by_district(self) -> Mapping[int | None, int]:
        return self._by("district")

    @cached_property
    def by_scenario(self) -> Mapping[str, int]:
        return self._by("scenario")

    def in_district(self, district: int) -> "Heads":
        """Return those of one district, of the whole city's."""
        return Heads([each for each in self.cells if each.district == district])

    def _by(self, part: str) -> Mapping[Any, int]:
        found: Counter[Any] = Counter()
        for each in self.cells:
            if each.is_approved:
                found[getattr(each, part)] += each.many
        return found


def heads_of(place: Place, *, first: date, last: date) -> Heads:
    """Return the heads of a place in sessions that were held from ``first`` to ``last``. One query."""
    rows = HeadCount.objects.filter(
        lies_in(place, organiser=ORGANISER),
        corrected_by=None,
        session__state=SessionState.PLANNED,
        session__starts_at__gte=_midnight(first),
        session__starts_at__lt=_midnight(last + timedelta(days=1)),
    )
    is_approved = Case(When(approved_by__isnull=False, then=Value(True)), default=Value(False))
    cells = rows.values_list(
        TruncMonth("session__starts_at"), district(ORGANISER), "session__main_scenario", is_approved
    )
    found = cells.annotate(many=Sum("heads")).order_by()
    return Heads([Cell(f"{when:%Y-%m}", *rest) for when, *rest in found])


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
