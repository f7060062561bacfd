"""How an enrolment goes from one state to another: the row, its event and what the person is told, together."""

from datetime import datetime

from cms.models import User
from cms.services.prepared import insert
from courses.enums import EnrolmentEventKind, EnrolmentState, MessageKind
from courses.errors import Refused
from courses.models import Enrolment, EnrolmentEvent
from courses.rules.refusal import Refusal
from courses.services.messages.outbox import tell
from courses.services.seats import LockedRun, lock_seats


def refuse(refusal: Refusal | None) -> None:
    """Raise Refused for a refusal; None lets pass."""
    if refusal is not None:
        fields = {refusal.field: refusal.message} if refusal.field else None
        raise Refused(refusal.code, refusal.message, fields=fields)


def locked(enrolment: Enrolment) -> tuple[LockedRun, Enrolment]:
    """Lock the class and return it with the enrolment as it is now; inside a transaction."""
    run = lock_seats(enrolment.run)
    return run, Enrolment.objects.select_related("learner").get(pk=enrolment.pk)


def change_state(
    enrolment: Enrolment,
    to: EnrolmentState,
    kind: EnrolmentEventKind,
    *,
    at: datetime,
    by: User | None = None,
    because: str = "",
    offered_until: datetime | None = None,
    told: MessageKind | None = None,
) -> EnrolmentEvent:
    """Let a saved enrolment be ``to`` from now on. The caller has locked its class."""
    before, enrolment.state, enrolment.offered_until = enrolment.state, to, offered_until
    enrolment.save(update_fields=["state", "offered_until"])
    return note(enrolment, kind, from_state=before, at=at, by=by, because=because, told=told)


def note(
    enrolment: Enrolment,
    kind: EnrolmentEventKind,
    *,
    at: datetime,
    from_state: str = "",
    by: User | None = None,
    because: str = "",
    told: MessageKind | None = None,
) -> EnrolmentEvent:
    """Put down what happened to an enrolment; ``told``: the person is to know."""
    event = EnrolmentEvent(
        enrolment=enrolment,
        kind=kind,
        from_state=from_state,
        to_state=enrolment.state,
        at=at,
        by=by,
        because=because.strip()[:100],
    )
    insert(event)
    if told is not None:
        tell(enrolment, told, event=event)
    return event
