"""哪里还没人教: this month's 人次 by place and scenario, and where nothing is taught at all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import AreaKind, TallyLevel
from courses.models import Area, ClassSession, Organisation, Tally
from courses.services.counting.totals import Place
from courses.services.counting.where import district, lies_in

Key = tuple[int, str]
STEPS = 3


@dataclass(frozen=True)
class GapCell:
    """A place and a scenario: 人次, how dark, and whether anything is taught this month at all."""

    scenario: str
    attendances: int
    is_taught: bool
    step: int


@dataclass(frozen=True)
class GapRow:
    """A place with its ten scenarios."""

    name: str
    cells: list[GapCell]

    @property
    def gaps(self) -> int:
        return sum(not cell.is_taught for cell in self.cells)


def gaps(place: Place, *, month: date) -> list[GapRow]:
    """Return the districts of the city, or the streets and towns of a district or a branch. Six queries at most."""
    first = month.replace(day=1)
    areas = _areas(place)
    by_district = place.level == TallyLevel.CITY
    counted = _of_districts(first) if by_district else _of_streets(place, first)
    taught = _taught(place, first, by_district=by_district)
    most = max(counted.values(), default=0)
    return [
        GapRow(_short(area), [_cell((area.pk, each.value), counted, taught, most) for each in Scenario])
        for area in areas
    ]


def _cell(key: Key, counted: dict[Key, int], taught: set[Key], most: int) -> GapCell:
    many = counted.get(key, 0)
    step = min(STEPS, 1 + many * STEPS // most) if most and many else 0
    return GapCell(key[1], many, many > 0 or key in taught, step)


def _short(area: Area) -> str:
    """Return 田林 for 田林街道; a town's and a district's names stay whole."""
    return area.name.removesuffix("街道") or area.name


def _areas(place: Place) -> list[Area]:
    if place.level == TallyLevel.CITY:
        return list(Area.objects.districts())
    if place.level == TallyLevel.DISTRICT:
        return list(Area.objects.townships().filter(parent=place.pk))
    top = Organisation.objects.select_related("area").get(pk=place.pk).area
    if top.kind == AreaKind.DISTRICT:
        return list(Area.objects.below(top))
    branch = Organisation.objects.filter(lineage__contains=f"/{place.pk}/")
    return list(Area.objects.townships().filter(pk__in=branch.values("area")))


def _of_districts(first: date) -> dict[Key, int]:
    rows = Tally.objects.filter(level=TallyLevel.DISTRICT, period=f"{first:%Y-%m}").exclude(subject="")
    return {
        (place, subject): many for place, subject, many in rows.values_list("place", "subject", "attendances")
    }


def _of_streets(place: Place, first: date) -> dict[Key, int]:
    """Return the kept totals by street: what an organisation counts itself is its branch's less those it guides.

    Those may lie elsewhere: guided from here, they are taken off here all the same.
    """
    here = dict(_organisations(place).values_list("pk", "area_id"))
    below = Organisation.objects.filter(guided_by__in=list(here)).values_list("pk", "guided_by_id")
    above = dict(below)
    rows = Tally.objects.filter(level=TallyLevel.BRANCH, period=f"{first:%Y-%m}", place__in={*here, *above})
    found: Counter[Key] = Counter()
    for pk, subject, many in rows.exclude(subject="").values_list("place", "subject", "attendances"):
        if pk in here:
            found[here[pk], subject] += many
        if pk in above:
            found[here[above[pk]], subject] -= many
    # The city's own has no branch to take anything off.
    return {key: many for key, many in found.items() if many > 0}


def _organisations(place: Place) -> QuerySet[Organisation]:
    if place.level == TallyLevel.DISTRICT:
        return Organisation.objects.filter(Q(area=place.pk) | Q(area__parent=place.pk))
    return Organisation.objects.filter(lineage__contains=f"/{place.pk}/")


def _taught(place: Place, first: date, *, by_district: bool) -> set[Key]:
    """Return where which scenarios are on the timetable this month."""
    after = (first + timedelta(days=31)).replace(day=1)
    rows = ClassSession.objects.planned().filter(
        starts_at__gte=_midnight(first), starts_at__lt=_midnight(after)
    )
    rows = rows.filter(lies_in(place, organiser="run__organiser"))
    where = district("run__organiser") if by_district else F("run__organiser__area_id")
    return set(rows.order_by().values_list(where, "main_scenario").distinct())


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
