"""People without names, listed apart; in the reported number only where a district approved them (R9)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from courses.enums import AreaKind, SessionState
from courses.models import HeadCount
from courses.services.counting.totals import Place
from courses.services.counting.where import lies_in

AREA = "session__run__organiser__area"


@dataclass(frozen=True)
class Heads:
    """Heads of a time, by month, district and scenario; ``open`` are those nobody has approved yet."""

    approved: int = 0
    open: int = 0
    by_month: dict[str, int] = field(default_factory=dict)
    by_district: dict[int, int] = field(default_factory=dict)
    by_scenario: dict[str, int] = field(default_factory=dict)


def heads_of(place: Place, *, first: date, last: date) -> Heads:
    """Return the heads of a place in sessions that were held from ``first`` to ``last``. One query."""
    rows = HeadCount.objects.filter(
        lies_in(place, organiser="session__run__organiser"),
        corrected_by=None,
        session__state=SessionState.PLANNED,
        session__starts_at__gte=_midnight(first),
        session__starts_at__lt=_midnight(last + timedelta(days=1)),
    )
    is_district = When(**{f"{AREA}__kind": AreaKind.DISTRICT}, then=F(f"{AREA}_id"))
    is_city = When(**{f"{AREA}__kind": AreaKind.CITY}, then=None)
    district = Case(is_district, is_city, default=F(f"{AREA}__parent_id"))
    cells = rows.values_list(
        TruncMonth("session__starts_at"), district, "session__main_scenario", Q(approved_by__isnull=False)
    )
    return _summed(cells.annotate(many=Sum("heads")).order_by())


def _summed(cells) -> Heads:
    approved = still_open = 0
    month: dict[str, int] = {}
    districts: dict[int, int] = {}
    scenarios: dict[str, int] = {}
    for when, district, scenario, is_approved, many in cells:
        if not is_approved:
            still_open += many
            continue
        approved += many
        for found, key in ((month, f"{when:%Y-%m}"), (districts, district), (scenarios, scenario)):
            found[key] = found.get(key, 0) + many
    return Heads(approved, still_open, month, districts, scenarios)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
