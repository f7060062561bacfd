"""日历链接: a secret address from which a telephone's calendar fetches the sessions of a person, a room or a school."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.enums import FeedKind
from courses.models.organisation import Organisation
from courses.models.people import TeachingPerson
from courses.models.private import keyed_hash
from courses.models.scope import ScopedQuerySet
from courses.models.venue import Room


class CalendarFeedQuerySet(ScopedQuerySet):
    """What one asks of calendar links."""

    def live(self):
        """Those that were not taken back."""
        return self.filter(revoked_at=None)

    def of_token(self, token: str):
        """The live one of this secret, if there is one."""
        return self.live().filter(token_hash=keyed_hash("feed", token))


class CalendarFeed(models.Model):
    """A link for exactly one of ``person``, ``room`` and ``school``; at most one that is alive for each maker.

    ``organisation`` made it: it may renew and revoke it, and the link shows drafts of its branch only. Only a keyed
    hash of the secret is stored: whoever lost the link gets a new one.
    """

    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="谁做的", on_delete=models.PROTECT, related_name="made_feeds"
    )
    person: Any = models.ForeignKey(
        TeachingPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds"
    )
    room: Any = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds")
    school: Any = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds"
    )
    token_hash = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField("什么时候做的", default=timezone.now, editable=False)
    made_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField("什么时候收回的", null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    shown_to_readers = False

    class Meta:
        verbose_name = "日历链接"
        verbose_name_plural = "日历链接"
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, room=None, school=None)
                | Q(person=None, room__isnull=False, school=None)
                | Q(person=None, room=None, school__isnull=False),
                name="feed_is_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation", name],
                    condition=Q(revoked_at=None),
                    name=f"one_live_feed_of_a_{name}",
                )
                for name in ("person", "room", "school")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.label} {self.pk}"

    @property
    def kind(self) -> FeedKind:
        """Whose sessions it shows."""
        if self.person_id:
            return FeedKind.PERSON
        return FeedKind.ROOM if self.room_id else FeedKind.SCHOOL

    @property
    def said(self) -> str:
        """Whose sessions they are, in words."""
        if self.room:
            return f"{self.room.venue} {self.room}"
        return str(self.person or self.school.name)

    def new_token(self) -> str:
        """Take a new secret and return it; the only time it can be read. The caller saves."""
        token = secrets.token_urlsafe(24)
        self.token_hash = keyed_hash("feed", token)
        return token
