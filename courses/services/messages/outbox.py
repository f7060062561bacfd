"""Putting messages into the outbox, in the transaction of what they tell."""

from collections.abc import Iterable
from datetime import datetime

from cms.services.prepared import insert
from courses.enums import LIVE_STATES, SEATED_STATES, MessageKind
from courses.models import ClassSession, CourseRun, Enrolment, EnrolmentEvent, Message, SessionChange
from courses.rules.messages import may_be_told_at


def tell(enrolment: Enrolment, kind: MessageKind, *, event: EnrolmentEvent) -> Message:
    """Let the person know what happened to their enrolment."""
    message = Message(
        enrolment=enrolment,
        kind=kind,
        about=f"event-{event.pk}",
        created_at=event.at,
        due_at=may_be_told_at(event.at),
        is_demo=enrolment.is_demo,
    )
    insert(message)
    return message


def tell_of_session(session: ClassSession, kind: MessageKind, *, change: SessionChange) -> None:
    """Let everybody with a seat know what happened to a session."""
    seated = session.run.enrolments.filter(state__in=SEATED_STATES)
    _put_in(seated, kind, about=f"change-{change.pk}", at=change.at, session=session)


def tell_of_run(run: CourseRun, kind: MessageKind, *, at: datetime) -> None:
    """Let everybody who wants to come know what happened to a class, those who wait as well."""
    _put_in(run.enrolments.filter(state__in=LIVE_STATES), kind, about=f"run-{run.pk}", at=at)


def _put_in(
    enrolments: Iterable[Enrolment],
    kind: MessageKind,
    *,
    about: str,
    at: datetime,
    session: ClassSession | None = None,
) -> None:
    """Told already is told: the database keeps each message once."""
    Message.objects.bulk_create(
        (
            Message(
                enrolment=each,
                kind=kind,
                about=about,
                session=session,
                created_at=at,
                due_at=may_be_told_at(at),
                is_demo=each.is_demo,
            )
            for each in enrolments
        ),
        ignore_conflicts=True,
    )
