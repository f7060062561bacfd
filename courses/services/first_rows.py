"""The rows classes cannot do without: areas, the city's organisation, districts' colleges, terms, limits, programmes.

They come from `courses/data/`. What is there already is left alone, whatever it is called by now.
"""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from courses.enums import AreaKind, OrganisationKind
from courses.models import Area, AreaAlias, CapacityRule, Organisation, Term
from courses.rules.area_names import kind_of
from courses.services.programmes.first import ensure_programmes

DATA = Path(__file__).parents[1] / "data"


def read(name: str) -> dict[str, Any]:
    """Return what the data file ``name`` says."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def ensure_first_rows() -> None:
    """Add the areas, organisations, terms, capacity rules and programmes that are missing."""
    ensure_areas()
    ensure_organisations()
    ensure_terms()
    ensure_capacity_rules()
    ensure_programmes(read("programmes"), this_year=timezone.localdate().year)


def ensure_areas() -> None:
    """Add the city, its districts, streets and towns where their codes are missing, new ones with their aliases.

    An area that is there already gets no alias again: staff may have taken it away.
    """
    listed = read("areas")
    there = {area.code: area for area in Area.objects.all()}
    before = set(there)
    city = listed["city"]
    _add(there, [Area(code=city["code"], name=city["name"], kind=AreaKind.CITY)])
    above = there[city["code"]]
    districts = listed["districts"]
    _add(
        there,
        [
            Area(code=each["code"], name=each["name"], kind=AreaKind.DISTRICT, parent=above)
            for each in districts
        ],
    )
    _add(
        there,
        [
            Area(code=code, name=name, kind=kind_of(name), parent=there[each["code"]])
            for each in districts
            for code, name in each["townships"].items()
        ],
    )
    AreaAlias.objects.bulk_create(
        AreaAlias(area=there[code], name=name)
        for code, names in listed["aliases"].items()
        if code not in before
        for name in names
    )


def _add(there: dict[str, Area], areas: list[Area]) -> None:
    missing = [area for area in areas if area.code not in there]
    there |= {area.code: area for area in Area.objects.bulk_create(missing)}


def ensure_organisations() -> None:
    """Add the city's organisation, and a college for each district that has none."""
    listed = read("organisations")
    city = Organisation.objects.filter(kind=OrganisationKind.CITY).first()
    if city is None:
        city = _organisation(OrganisationKind.CITY, listed["city"], None)
        city.save()
    colleges = Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_COLLEGE)
    with_college = set(colleges.values_list("area__code", flat=True))
    taken = set(Organisation.objects.values_list("code", flat=True))
    missing = [
        each for each in listed["colleges"] if each["area"] not in with_college and each["code"] not in taken
    ]
    if missing:
        Organisation.objects.add_many(
            [_organisation(OrganisationKind.COMMUNITY_COLLEGE, each, city) for each in missing]
        )


def _organisation(kind: OrganisationKind, said: dict, above: Organisation | None) -> Organisation:
    return Organisation(
        kind=kind,
        code=said["code"],
        name=said["name"],
        address=said.get("address", ""),
        area=Area.objects.get(code=said["area"]),
        guided_by=above,
        is_name_verified=said["verified"],
        source=said["source"],
    )


def ensure_terms() -> None:
    """Add the terms whose codes are missing."""
    there = set(Term.objects.values_list("code", flat=True))
    Term.objects.bulk_create(Term(**said) for said in read("terms")["terms"] if said["code"] not in there)


def ensure_capacity_rules() -> None:
    """Add the shipped limits while there are none at all.

    Nothing tells a rule that staff have changed from one of theirs: where there are any, they are left alone.
    """
    if not CapacityRule.objects.exists():
        CapacityRule.objects.bulk_create(CapacityRule(**said) for said in read("capacity_rules")["rules"])
