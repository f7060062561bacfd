"""哪里还没人教: this month's 人次 by place and scenario, and where nothing is taught at all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cms.enums import Scenario
from courses.enums import AreaKind, TallyLevel
from courses.models import Area, ClassSession, Organisation, Tally
from courses.services.counting.totals import Place
from courses.services.counting.where import lies_in

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
    """Return the districts of the city, or the streets and towns of a district or a branch. Four queries at most."""
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
    """Return the kept totals by street: what an organisation counts itself is its branch's less those it guides."""
    organisations = _organisations(place)
    area = {pk: area for pk, area, _ in organisations}
    above = {pk: guided_by for pk, _, guided_by in organisations}
    rows = Tally.objects.filter(level=TallyLevel.BRANCH, period=f"{first:%Y-%m}", place__in=list(area))
    found: Counter[Key] = Counter()
    for pk, subject, many in rows.exclude(subject="").values_list("place", "subject", "attendances"):
        found[area[pk], subject] += many
        if above[pk] in area:
            found[area[above[pk]], subject] -= many
    return dict(found)


def _organisations(place: Place) -> list[tuple[int, int, int | None]]:
    rows = Organisation.objects.all()
    if place.level == TallyLevel.DISTRICT:
        areas = Area.objects.filter(pk=place.pk) | Area.objects.filter(parent=place.pk)
        rows = rows.filter(area__in=areas.values("pk"))
    else:
        rows = rows.filter(lineage__contains=f"/{place.pk}/")
    return list(rows.values_list("pk", "area_id", "guided_by_id"))


def _taught(place: Place, first: date, *, by_district: bool) -> set[Key]:
    """Return where which scenarios are on the timetable this month."""
    after = (first + timedelta(days=31)).replace(day=1)
    rows = ClassSession.objects.planned().filter(
        starts_at__gte=_midnight(first), starts_at__lt=_midnight(after)
    )
    rows = rows.filter(lies_in(place, organiser="run__organiser"))
    area = "run__organiser__area"
    cells = rows.order_by().values_list(f"{area}_id", f"{area}__parent_id", f"{area}__kind", "main_scenario")
    return {
        (parent if by_district and kind not in {AreaKind.DISTRICT, AreaKind.CITY} else own, scenario)
        for own, parent, kind, scenario in cells.distinct()
    }


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
