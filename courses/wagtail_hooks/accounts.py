"""What the ground floor has to know of duties when somebody logs in."""

from django.utils import timezone
from wagtail import hooks

from cms.hooks import NEEDS_SECOND_FACTOR, ORGANISATION_OF
from courses.models import Membership, organisation_id_of
from courses.rules.duties import MANAGERS


@hooks.register(NEEDS_SECOND_FACTOR)
def managers_prove_themselves_twice(user):
    """Whichever of their identities they work under now: they could change to the other."""
    current = Membership.objects.filter(user=user).current(on=timezone.localdate())
    return current.filter(duty__in=MANAGERS).exists() or None


@hooks.register(ORGANISATION_OF)
def where_somebody_works(user):
    return organisation_id_of(user)
