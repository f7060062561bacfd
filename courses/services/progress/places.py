"""Whose board it is, and a place's own figures beside the city's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.enums import Duty, OrganisationKind, TallyLevel
from courses.models import Area, DistrictShare, Membership, Organisation, Tally
from courses.rules.counting import periods_of
from courses.services.counting.closed import district_id
from courses.services.counting.heads import Heads, heads_of
from courses.services.counting.totals import THE_CITY, Place, Total, totals
from courses.services.progress.collecting import Progress

# Who looks after a whole district, whoever guides the organisations in it.
OF_A_DISTRICT = frozenset({Duty.DISTRICT_MANAGER, Duty.AUDITOR})


@dataclass(frozen=True)
class PlaceFigures:
    """A place's own: of the year, of this month, of this week, and its share where one was decided."""

    name: str
    year: Total
    month: Total
    week: Total
    heads: Heads
    share: int | None

    @property
    def reported(self) -> int:
        return self.year.attendances + self.heads.approved

    @property
    def share_percent(self) -> int | None:
        return self.reported * 100 // self.share if self.share else None


@dataclass(frozen=True)
class Seen:
    """A place somebody may see the board of, and what it is called."""

    place: Place
    name: str
    district: Area | None = None


def seen_by(acting: Membership) -> Seen:
    """Return the place whose board an identity sees: the city, its district, or its branch."""
    organisation = acting.organisation
    if organisation.kind == OrganisationKind.CITY:
        return Seen(THE_CITY, "全市")
    if organisation.kind == OrganisationKind.COMMUNITY_COLLEGE and acting.duty in OF_A_DISTRICT:
        return of_district(organisation.area)
    return Seen(Place.of_branch(organisation), str(organisation))


def of_district(district: Area) -> Seen:
    return Seen(Place.of_district(district), district.name, district)


def districts_seen_by(acting: Membership) -> QuerySet[Area]:
    """Return the districts whose figures and months an identity may look at: all for the city, else its own."""
    district = district_id(acting.organisation.area)
    rows = Area.objects.districts()
    return rows if district is None else rows.filter(pk=district)


def figures_of(seen: Seen, now: Progress) -> PlaceFigures:
    """Return a place's own figures beside those of ``now``. Three queries at most."""
    periods = [now.period, *periods_of(now.today)[1:]]
    found = totals(seen.place, periods)
    year, month, week = (found.get(period, Total()) for period in periods)
    share = None
    if seen.district is not None:
        rows = DistrictShare.objects.filter(programme=now.programme, district=seen.district)
        share = rows.values_list("attendances", flat=True).first()
    return PlaceFigures(seen.name, year, month, week, _heads(seen, now), share)


def _heads(seen: Seen, now: Progress) -> Heads:
    """Return a place's heads, out of those that are known already where they are among them."""
    if seen.place == now.place:
        return now.heads
    if seen.district is not None and now.place == THE_CITY:
        return now.heads.in_district(seen.district.pk)
    return heads_of(seen.place, first=date(now.programme.year, 1, 1), last=now.on)


def branches(user: Any, *, year: int) -> QuerySet[Organisation]:
    """Return the organisations ``user`` sees, each with ``attendances`` and ``people`` of a year, the most first."""
    kept = Tally.objects.filter(level=TallyLevel.BRANCH, place=OuterRef("pk"), period=str(year), subject="")
    rows = Organisation.objects.visible_to(user).exclude(kind=OrganisationKind.CITY)
    return rows.annotate(attendances=_kept(kept, "attendances"), people=_kept(kept, "people")).order_by(
        "-attendances", "code"
    )


def _kept(rows, field: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(field)[:1], output_field=IntegerField()), 0)
