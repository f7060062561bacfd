"""Which rows belong to a place, for what is not kept as a total: `courses.rules.counting.district_of` in SQL."""

from django.db.models import Case, F, Q, When

from courses.enums import AreaKind, TallyLevel
from courses.models import Organisation
from courses.services.counting.totals import Place


def lies_in(place: Place, *, organiser: str) -> Q:
    """Return the condition that ``organiser`` (the way to it, such as ``run__organiser``) belongs to the place."""
    if place.level == TallyLevel.CITY:
        return Q()
    if place.level == TallyLevel.DISTRICT:
        own, below = f"{organiser}__area", f"{organiser}__area__parent"
        return Q(**{own: place.pk}) | Q(**{below: place.pk})
    branch = Organisation.objects.filter(lineage__contains=f"/{place.pk}/")
    return Q(**{f"{organiser}__in": branch.values("pk")})


def district(organiser: str) -> Case:
    """Return the id of the district that ``organiser`` is counted in, NULL for the city's own."""
    own, kind, above = f"{organiser}__area_id", f"{organiser}__area__kind", f"{organiser}__area__parent_id"
    return Case(
        When(**{kind: AreaKind.CITY}, then=None),
        When(**{kind: AreaKind.DISTRICT}, then=F(own)),
        default=F(above),
    )
