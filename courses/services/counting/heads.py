"""People without names, listed apart; in the reported number only where a district approved them (R9)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from courses.enums import SessionState
from courses.models import HeadCount
from courses.services.counting.totals import Place
from courses.services.counting.where import district, lies_in

ORGANISER = "session__run__organiser"


@dataclass(frozen=True)
class Heads:
    """Heads of a time, by month, district and scenario; ``open`` are those nobody has approved yet."""

    approved: int = 0
    open: int = 0
    by_month: Mapping[str, int] = field(default_factory=dict)
    by_district: Mapping[int | None, int] = field(default_factory=dict)
    by_scenario: Mapping[str, int] = field(default_factory=dict)


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
    return _summed(cells.annotate(many=Sum("heads")).order_by())


def _summed(cells: Iterable[tuple[datetime, int | None, str, bool, int]]) -> Heads:
    approved = still_open = 0
    months, districts, scenarios = Counter[str](), Counter[int | None](), Counter[str]()
    for when, area, scenario, is_approved, many in cells:
        if not is_approved:
            still_open += many
            continue
        approved += many
        months[f"{when:%Y-%m}"] += many
        districts[area] += many
        scenarios[scenario] += many
    return Heads(approved, still_open, months, districts, scenarios)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
