"""Who has which duty where, and since when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Window
from django.utils import timezone

from courses.enums import Duty, Right
from courses.models.organisation import Organisation
from courses.rules.duties import allows


class MembershipQuerySet(models.QuerySet["Membership"]):
    """What one asks of memberships."""

    def current(self, *, on: date):
        """Those that hold on that day."""
        return self.filter(Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on)))

    def lasting(self, *, on: date):
        """Those that hold on that day or later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def of(self, user: Any):
        """Those of one user, the one acted under first, then the oldest."""
        return self.filter(user=user).order_by("-is_acting", "starts_on", "pk")


class Membership(models.Model):
    """A duty of a user at an organisation, over its whole branch, from a day to a day (both included).

    ``is_acting``: the identity the user works under now; at most one of a user's memberships.
    """

    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.PROTECT, related_name="memberships"
    )
    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="机构", on_delete=models.PROTECT, related_name="memberships"
    )
    duty = models.CharField("职责", max_length=20, choices=Duty.choices)
    starts_on = models.DateField("从哪天起", default=timezone.localdate)
    ends_on = models.DateField("到哪天为止", null=True, blank=True)
    is_acting = models.BooleanField("现在的身份", default=False)

    objects = MembershipQuerySet.as_manager()

    # How many of the user's memberships hold now: counted along by `acting_membership`.
    identities = 1

    shown_to_readers = False

    class Meta:
        verbose_name = "职责"
        verbose_name_plural = "职责"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_acting=True), name="one_acting_membership_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_duty_display()}"

    def allows(self, right: Right) -> bool:
        """True when its duty brings the right."""
        return allows(self.duty, right)

    def is_current(self, *, on: date) -> bool:
        """True when it holds on that day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)


def acting_membership(user: Any) -> Membership | None:
    """Return the identity ``user`` works under: the chosen one if it still holds, else the first that does.

    A disabled account and one that is not logged in have none. A request looks once (``user.acting``, set by the
    desk); elsewhere each call asks the database.
    """
    if not (user and user.is_authenticated and user.is_active):
        return None
    if (acting := getattr(user, "acting", None)) is not None:
        return acting
    current = Membership.objects.of(user).current(on=timezone.localdate())
    return current.annotate(identities=Window(Count("pk"))).select_related("organisation").first()


def organisation_id_of(user: Any) -> int:
    """Return where somebody works, for what is put down about them: also of a disabled account; 0 without a duty."""
    held = Membership.objects.of(user)
    current = held.current(on=timezone.localdate()).values_list("organisation_id", flat=True).first()
    return current or held.values_list("organisation_id", flat=True).last() or 0


def may(user: Any, right: Right) -> bool:
    """True when the identity ``user`` works under has the right."""
    membership = acting_membership(user)
    return membership is not None and membership.allows(right)
