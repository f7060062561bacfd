"""Programmes that `seed` brings: 2021 as it was decided, and this year's as an example until somebody decides it."""

from datetime import date
from typing import Any

from courses.models import DistrictShare, PlanPoint, Programme, ProgrammePhase, ReportedLine

PARTS: dict[str, Any] = {
    "phases": ProgrammePhase,
    "points": PlanPoint,
    "lines": ReportedLine,
    "shares": DistrictShare,
}


def ensure_programmes(listed: dict[str, Any], *, this_year: int) -> None:
    """Add the programmes whose years are missing, and an example for this year."""
    there = set(Programme.objects.values_list("year", flat=True))
    for said in [*listed["programmes"], _example(listed["example"], this_year)]:
        if said["year"] not in there:
            there.add(said["year"])
            _add(said)


def _add(said: dict[str, Any]) -> None:
    programme = Programme.objects.create(**{name: said[name] for name in said.keys() - PARTS.keys()})
    for name, model in PARTS.items():
        model.objects.bulk_create(model(programme=programme, **values) for values in said.get(name, []))


def _example(said: dict[str, Any], year: int) -> dict[str, Any]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    ends = [(first, 0), (last, said["target"])]
    points = [{"on": on, "attendances": many, "note": said["note"], "is_inferred": True} for on, many in ends]
    return {
        "year": year,
        "name": said["name"].format(year=year),
        "target": said["target"],
        "source": said["source"],
        "starts_on": first,
        "due_on": last,
        "is_example": True,
        "points": points,
    }
