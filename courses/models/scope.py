"""Whose things somebody may see: the one place that answers.

Every list, form field, type-ahead, report and export of organisation-scoped things goes through ``visible_to``; what
it leaves out does not exist for that person (404). It asks by organisations' ids, not by joins, so that it
can be laid over any query (security.md, Rights).
"""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cms.models import User
from courses.models.membership import Membership, acting_membership
from courses.models.organisation import Organisation


def organisations_of(user: Any) -> models.QuerySet[Organisation]:
    """Return the organisations in the branch of the identity ``user`` acts under; none without one."""
    membership = acting_membership(user)
    if membership is None:
        return Organisation.objects.none()
    return Organisation.objects.branch(membership.organisation)


def accounts_of(user: Any) -> models.QuerySet[User]:
    """Return the accounts of people with a duty in the branch; of those without any left, whose last was there.

    Administrators and people who only write content have no duty: they are not there.
    """
    every = Membership.objects.filter(user=OuterRef("pk"))
    lasting, here = every.lasting(on=timezone.localdate()), organisations_of(user).values("pk")
    is_at_work = Exists(lasting.filter(organisation__in=here))
    was_here = ~Exists(lasting) & Exists(every.filter(organisation__in=here))
    return User.objects.filter(is_at_work | was_here, is_superuser=False)


def organisations_at_hand_of(user: Any) -> models.QuerySet[Organisation]:
    """Return the branch and what stands above it: a school may plan with its college's rooms and teachers."""
    membership = acting_membership(user)
    if membership is None:
        return Organisation.objects.none()
    above = Organisation.objects.filter(pk__in=membership.organisation.ancestor_ids())
    return Organisation.objects.branch(membership.organisation) | above


class ScopedQuerySet(models.QuerySet):
    """A QuerySet of things that belong to an organisation. ``owner`` is the field with its id."""

    owner = "organisation_id"

    def visible_to(self, user: Any):
        """Only what lies in the branch of the identity ``user`` acts under."""
        return self.filter(**{f"{self.owner}__in": organisations_of(user).values("pk")})

    def at_hand_of(self, user: Any):
        """What ``user`` may plan with: the branch's own, and what belongs to organisations above it."""
        return self.filter(**{f"{self.owner}__in": organisations_at_hand_of(user).values("pk")})
