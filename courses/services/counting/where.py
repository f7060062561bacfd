"""Which rows belong to a place, for what is not kept as a total: the same rule as the ledger's."""

from django.db.models import Q

from courses.enums import TallyLevel
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
