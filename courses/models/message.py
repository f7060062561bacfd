"""What people with an enrolment are to be told: an outbox. Words are made when a message is sent, not before."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.enums import MessageKind, MessageState
from courses.models.class_session import ClassSession
from courses.models.enrolment import Enrolment
from courses.models.scope import ScopedQuerySet


class MessageQuerySet(ScopedQuerySet):
    """What one asks of messages."""

    owner = "enrolment__run__organiser_id"

    def due(self, *, now: datetime):
        """Those somebody took up and never finished, and those whose time has come; the oldest of each first."""
        waiting = self.filter(state=MessageState.WAITING, due_at__lte=now)
        left_behind = self.filter(state=MessageState.CLAIMED, claimed_until__lte=now)
        # By state first: in order of time alone, SQLite would read everything that was ever sent.
        return (waiting | left_behind).order_by("state", "due_at", "pk")

    def to_call(self):
        """Those that somebody has to tell by telephone, the oldest first."""
        return self.filter(state=MessageState.TO_CALL).order_by("due_at", "pk")


class Message(models.Model):
    """One thing to tell about one enrolment. Made in the transaction of what it tells, so it is never lost.

    ``about`` makes it one of a kind: the same kind about the same thing is never made twice. Its id is what a
    gateway is given to know a message again, so that it is never sent twice.
    """

    enrolment: Any = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField("说什么", max_length=12, choices=MessageKind.choices)
    about = models.CharField(max_length=40, editable=False)
    session: Any = models.ForeignKey(
        ClassSession, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        "到哪里了", max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField("什么时候发")
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("试了几次", default=0)
    done_at = models.DateTimeField("什么时候发的", null=True, blank=True)
    done_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = MessageQuerySet.as_manager()

    shown_to_readers = False

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        default_permissions = ()
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind", "about"], name="nothing_is_told_twice")
        ]
        indexes = [
            # One for each of what `due` asks, so that SQLite uses them as well.
            models.Index(
                fields=["due_at"],
                condition=models.Q(state=MessageState.WAITING),
                name="message_waiting",
            ),
            models.Index(
                fields=["claimed_until"],
                condition=models.Q(state=MessageState.CLAIMED),
                name="message_claimed",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=MessageState.TO_CALL),
                name="message_to_call",
            ),
            models.Index(fields=["-due_at", "-id"], name="message_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.enrolment_id}"
