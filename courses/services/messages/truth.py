"""Whether what a message says still holds: asked of the rows as they are when it is sent or read aloud."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from courses.enums import LIVE_STATES, SEATED_STATES, EnrolmentState, MessageKind, MessageState, SessionState
from courses.models import ClassSession, Enrolment, Message
from courses.models.message import MessageQuerySet

OF_SESSIONS = (MessageKind.MOVED, MessageKind.NO_SESSION)


def still_true(rows: MessageQuerySet, *, now: datetime) -> MessageQuerySet:
    """Return those of the rows that somebody is still to be told."""
    return rows.filter(_holds(now), enrolment__learner__erased_at=None)


def no_longer_true(rows: MessageQuerySet, *, now: datetime) -> MessageQuerySet:
    """Return the others."""
    return rows.exclude(pk__in=still_true(rows.order_by(), now=now).values("pk"))


def drop(rows: MessageQuerySet, *, now: datetime) -> int:
    """Let those of the rows go that nobody need be told any more; return how many."""
    gone = no_longer_true(rows, now=now).order_by()
    return gone.update(state=MessageState.DROPPED, claimed_until=None, done_at=now)


def _holds(now: datetime) -> Q:
    """Return the condition, kind by kind."""
    run = OuterRef("enrolment__run")
    is_on = Q(enrolment__run__cancelled_at=None) & Exists(
        ClassSession.objects.coming(now=now).filter(run=run)
    )
    is_to_come, has_seat = Q(session__starts_at__gt=now), Q(enrolment__state__in=SEATED_STATES)
    came_back = Enrolment.objects.live().filter(run=run, learner=OuterRef("enrolment__learner"))
    is_out = is_on & ~Exists(came_back.exclude(pk=OuterRef("enrolment")))
    is_offered = Q(enrolment__state=EnrolmentState.OFFERED, enrolment__offered_until__gt=now)
    planned, off = Q(session__state=SessionState.PLANNED), Q(session__state=SessionState.CANCELLED)
    of_session = is_on & is_to_come & has_seat & ~_was_outdated()
    holds: dict[str, Any] = {
        MessageKind.SEAT: is_on & Q(enrolment__state=EnrolmentState.CONFIRMED),
        MessageKind.WAITING: is_on & Q(enrolment__state=EnrolmentState.WAITLISTED),
        MessageKind.OFFER: is_on & is_offered,
        MessageKind.OFFER_OVER: is_out & Q(enrolment__state=EnrolmentState.EXPIRED),
        MessageKind.CANCELLED: is_out & Q(enrolment__state=EnrolmentState.CANCELLED),
        MessageKind.REMINDER: is_on & planned & is_to_come & has_seat,
        MessageKind.MOVED: of_session & planned,
        # The last one of a class may be cancelled, too: then nothing is to come any more.
        MessageKind.NO_SESSION: Q(enrolment__run__cancelled_at=None)
        & off
        & is_to_come
        & has_seat
        & ~_was_outdated(),
        MessageKind.NO_CLASS: ~Q(enrolment__run__cancelled_at=None) & Q(enrolment__state__in=LIVE_STATES),
    }
    condition = Q()
    for kind, of_kind in holds.items():
        condition |= Q(kind=kind) & of_kind
    return condition


def _was_outdated() -> Exists:
    """Moved, then moved again, or cancelled: only the last of it is told."""
    later = Message.objects.filter(
        enrolment=OuterRef("enrolment"), session=OuterRef("session"), kind__in=OF_SESSIONS
    )
    return Exists(later.filter(pk__gt=OuterRef("pk")).exclude(state=MessageState.DROPPED))
