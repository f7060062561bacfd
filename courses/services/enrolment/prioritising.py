"""Letting somebody who waits go before others (改先后): by staff, with a reason that stays."""

from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import EnrolmentEventKind, EnrolmentState, Right
from courses.errors import Refused
from courses.models import Enrolment
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.states import locked, note

# 0 as they enrolled, 1 before those, 2 before everybody: what one can choose, and nothing above it.
HIGHEST = 2


@transaction.atomic
def prioritise(
    *, enrolment: Enrolment, priority: int, because: str, by: User | None, now: datetime
) -> Enrolment:
    """Give somebody who waits another priority, 0 to 2: higher goes first. The same again changes nothing.

    Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    if not because.strip():
        raise Refused("no-reason", "写一句为什么。", fields={"because": "写一句为什么。"})
    if not 0 <= priority <= HIGHEST:
        words = f"先后写 0 到 {HIGHEST}。"
        raise Refused("priority", words, fields={"priority": words})
    _, row = locked(enrolment)
    if row.state != EnrolmentState.WAITLISTED:
        raise Refused("not-waiting", "这位不在候补里，不用改先后。")
    if row.priority == priority:
        return row
    row.priority = priority
    row.save(update_fields=["priority"])
    note(row, EnrolmentEventKind.PRIORITY, from_state=row.state, at=now, by=by, because=because)
    return row
