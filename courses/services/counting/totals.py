"""Reading totals: every page, board, table and export asks here."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.enums import TallyLevel
from courses.models import Area, Organisation, Tally
from courses.services.counting.ledger import CITY


@dataclass(frozen=True)
class Total:
    """人次 and 人数."""

    attendances: int = 0
    people: int = 0


@dataclass(frozen=True)
class Place:
    """Whose totals: the city's, a district's, or an organisation's with what it guides."""

    level: str = TallyLevel.CITY.value
    pk: int = CITY

    @classmethod
    def of_district(cls, district: Area) -> "Place":
        return cls(TallyLevel.DISTRICT.value, district.pk)

    @classmethod
    def of_branch(cls, organisation: Organisation) -> "Place":
        return cls(TallyLevel.BRANCH.value, organisation.pk)


THE_CITY = Place()


def total(place: Place, period: str, *, subject: str = "") -> Total:
    """Return one total; nothing counted yet is zero."""
    return totals(place, [period], subject=subject).get(period, Total())


def totals(place: Place, periods: Iterable[str], *, subject: str = "") -> dict[str, Total]:
    """Return totals of several periods, by period; those with nothing are left out. One query."""
    rows = Tally.objects.filter(level=place.level, place=place.pk, period__in=list(periods), subject=subject)
    return {period: Total(*rest) for period, *rest in rows.values_list("period", "attendances", "people")}


def by_subject(place: Place, period: str) -> dict[str, Total]:
    """Return the totals of each scenario. Each session has one main scenario, so 人次 add up; 人数 do not."""
    rows = Tally.objects.filter(level=place.level, place=place.pk, period=period).exclude(subject="")
    return {subject: Total(*rest) for subject, *rest in rows.values_list("subject", "attendances", "people")}


def by_district(period: str) -> dict[int, Total]:
    """Return the totals of each district, by the id of its area."""
    rows = Tally.objects.filter(level=TallyLevel.DISTRICT, period=period, subject="")
    return {place: Total(*rest) for place, *rest in rows.values_list("place", "attendances", "people")}
