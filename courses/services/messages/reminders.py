"""Reminding of tomorrow's class: everybody with a seat, once for each session."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from courses.enums import EnrolmentState, MessageKind
from courses.models import ClassSession, Message
from courses.rules.messages import WAKES, may_be_told_at

AT_ONCE = 1000


def remind(*, now: datetime) -> int:
    """Put a reminder into the outbox for everybody who has a class tomorrow and none yet; return how many.

    From eight o'clock on. Who enrols later in the day gets it then. Who is offered a seat and has not answered has
    another message to answer first. Told already is told: the database keeps each reminder once.
    """
    today = timezone.localtime(now)
    if today.time() < WAKES:
        return 0
    told_at = may_be_told_at(now)
    made = [
        Message(
            enrolment_id=enrolment,
            session_id=session,
            kind=MessageKind.REMINDER,
            about=f"session-{session}",
            created_at=now,
            due_at=told_at,
            is_demo=is_demo,
        )
        for enrolment, session, is_demo in _who_is_to_know(today)
    ]
    Message.objects.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(made)


def _who_is_to_know(today: datetime):
    """Return (enrolment, session, is it of the demonstration): one query."""
    tomorrow = ClassSession.objects.planned().on_day((today + timedelta(days=1)).date())
    rows = tomorrow.filter(
        run__cancelled_at=None,
        run__enrolments__state=EnrolmentState.CONFIRMED,
        run__enrolments__learner__erased_at=None,
    ).annotate(enrolment=F("run__enrolments__pk"), is_of_demo=F("run__enrolments__is_demo"))
    told = Message.objects.filter(
        enrolment=OuterRef("enrolment"), session=OuterRef("pk"), kind=MessageKind.REMINDER
    )
    return rows.filter(~Exists(told)).order_by().values_list("enrolment", "pk", "is_of_demo")
