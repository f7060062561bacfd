"""Which area somebody means: one, several, or none with those that come near."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from courses.enums import AreaKind
from courses.models import Area
from courses.rules import area_names

UPPER = {AreaKind.CITY, AreaKind.DISTRICT}
# What is shown of something written that is no name at all.
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Resolved:
    """What a written name stands for. Exactly one of these holds: ``area``, several ``candidates``, or none.

    ``words`` tell a person what to do about it, "" when there is nothing to do.
    """

    candidates: tuple[Area, ...] = ()
    nearest: tuple[Area, ...] = ()
    words: str = ""

    @property
    def area(self) -> Area | None:
        """The one area meant, or None."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        return len(self.candidates) > 1


class AreaIndex:
    """All areas under all their names, for many look-ups: an import loads it once.

    A name is tried as the official one, then as an alias, then as a short form, each time as a whole, then
    without the city, then without the district before it.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas = list(areas)
        self._steps: list[dict[str, list[Area]]] = [defaultdict(list) for _ in range(4)]
        official, aliases, upper_short, short = self._steps
        for area in self.areas:
            _enter(official, area, [area.name])
            others = [alias.name for alias in area.aliases.all()]
            _enter(aliases, area, others)
            # 宝山 is the district before it is 宝山路街道.
            step = upper_short if area.kind in UPPER else short
            for name in [area.name, *others]:
                _enter(step, area, area_names.short_forms(name, area.kind))
        self._shortest = {area: _shortest(area) for area in self.areas if area.kind not in UPPER}
        self._districts = self._names_of_districts()
        self._known: dict[tuple[str, int | None], tuple[tuple[Area, ...], tuple[Area, ...]]] = {}

    @classmethod
    def load(cls) -> "AreaIndex":
        """Return an index of what the database has now: two queries, however many names are looked up in it."""
        return cls(Area.objects.select_related("parent").prefetch_related("aliases").order_by("code"))

    def resolve(self, written: str, *, district: Area | None = None) -> Resolved:
        """Return what ``written`` stands for; with ``district``, inside it only."""
        key = area_names.area_key(written)
        known = (key, district.pk if district else None)
        if known not in self._known:
            self._known[known] = self._looked_up(key, district)
        found, near = self._known[known]
        return Resolved(found, near, _words(written.strip()[:LONGEST_SHOWN], district, found, near))

    def _looked_up(self, key: str, district: Area | None) -> tuple[tuple[Area, ...], tuple[Area, ...]]:
        if not key:
            return (), ()
        found = self._found(key, district)
        if found or district is None:
            return tuple(found), () if found else self._nearest(key, None)
        return (), tuple(self._found(key, None)) or self._nearest(key, district)

    def _found(self, key: str, within: Area | None) -> list[Area]:
        short = area_names.without_city(key)
        for candidate in dict.fromkeys([key, short]):
            for step in self._steps:
                if found := _inside(step.get(candidate, ()), within):
                    return found
        return self._found_below_a_district(short, within)

    def _found_below_a_district(self, key: str, within: Area | None) -> list[Area]:
        for name, district in self._districts:
            rest = key.removeprefix(name)
            if rest and rest != key and (within is None or within.pk == district.pk):
                for step in self._steps:
                    if found := _inside(step.get(rest, ()), district):
                        return found
        return []

    def _nearest(self, key: str, district: Area | None) -> tuple[Area, ...]:
        before, rest = self._district_before(area_names.without_city(key))
        places = _inside(self._shortest, district or before)
        return tuple(area_names.nearest(rest, {area: self._shortest[area] for area in places}))

    def _district_before(self, key: str) -> tuple[Area | None, str]:
        for name, district in self._districts:
            if key.startswith(name) and key != name:
                return district, key.removeprefix(name)
        return None, key

    def _names_of_districts(self) -> list[tuple[str, Area]]:
        """All names of the districts, long ones first: 浦东新区 before 浦东."""
        steps = self._steps[:3]
        pairs = [(name, area) for step in steps for name, areas in step.items() for area in areas]
        return sorted(
            ((name, area) for name, area in pairs if area.kind == AreaKind.DISTRICT),
            key=lambda pair: -len(pair[0]),
        )


def resolve_area(written: str, *, district: Area | None = None) -> Resolved:
    """Return what ``written`` stands for; with ``district``, inside it only. For many, load an `AreaIndex` once."""
    return AreaIndex.load().resolve(written, district=district)


def _enter(step: dict[str, list[Area]], area: Area, names: Iterable[str]) -> None:
    for name in names:
        key = area_names.area_key(name)
        if area not in step[key]:
            step[key].append(area)


def _inside(areas: Iterable[Area], district: Area | None) -> list[Area]:
    return [
        area for area in areas if district is None or area.pk == district.pk or area.parent_id == district.pk
    ]


def _shortest(area: Area) -> str:
    return min(area_names.short_forms(area.name, area.kind) | {area.name}, key=len)


def _words(written: str, district: Area | None, found: tuple[Area, ...], near: tuple[Area, ...]) -> str:
    if len(found) == 1:
        return ""
    if found:
        return area_names.ambiguous_words(written, [area.full_name for area in found])
    names = [area.full_name for area in near]
    if district and near and all(area.pk != district.pk and area.parent_id != district.pk for area in near):
        return area_names.elsewhere_words(written, district.name, names)
    return area_names.unknown_words(written, names)
