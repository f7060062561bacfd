"""Cancelling: the seat goes to the next one at once; for ten minutes it can be taken back, while it is free."""

from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import EnrolmentEventKind, EnrolmentState, MessageKind, Right
from courses.errors import Refused
from courses.models import Enrolment, EnrolmentEvent
from courses.rules.enrolment import PLACE_GIVEN, SEAT_GIVEN, cancel_refusal, gone_refusal, undo_refusal
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.entering import live_in, refuse_overlap
from courses.services.enrolment.states import change_state, locked, refuse
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_there
from courses.services.seats import LockedRun
from courses.services.waiting_list import refill


@transaction.atomic
def cancel(*, enrolment: Enrolment, by: User | None, now: datetime, because: str = "") -> Enrolment:
    """Cancel an enrolment and offer its seat to the next one; cancelling again changes nothing.

    ``by`` None is the person. Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    run, row = locked(enrolment)
    if row.state == EnrolmentState.CANCELLED:
        return row
    refuse(cancel_refusal(EnrolmentState(row.state), run_state=run.state(now)))
    change_state(
        row,
        EnrolmentState.CANCELLED,
        EnrolmentEventKind.CANCELLED,
        at=now,
        by=by,
        because=because,
        told=MessageKind.CANCELLED,
    )
    refill(run.run, now=now)
    return row


@transaction.atomic
def undo_cancel(*, enrolment: Enrolment, by: User | None, now: datetime) -> Enrolment:
    """Take a cancellation back, within ten minutes and while the seat is free; a place in the queue is as it was.

    Not where the class is cancelled or over by now, or the learner has enrolled for another one at that time.
    Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    # Before the class, as whoever enrols them elsewhere does.
    (learner,) = locked_learners(enrolment.learner)
    refuse_unless_there(learner)
    run, row = locked(enrolment)
    last = _cancellation(row)
    refuse(undo_refusal(cancelled_at=last.at if last else None, now=now))
    refuse(gone_refusal(run.state(now)))
    if live_in(run, learner):
        raise Refused("enrolled-again", "您已经重新报名了，不用再要回来。")
    refuse_overlap(run, learner, now=now)
    change_state(row, _state_after_undo(run, last), EnrolmentEventKind.RESTORED, at=now, by=by, told=None)
    # A seat may have become free while nobody waited for it.
    return next((each for each in refill(run.run, now=now) if each.pk == row.pk), row)


def can_undo(enrolment: Enrolment, *, now: datetime) -> bool:
    """True while the person may still take the cancellation back, as far as time and the class's being held go."""
    if enrolment.run.cancelled_at:
        return False
    last = _cancellation(enrolment)
    return undo_refusal(cancelled_at=last.at if last else None, now=now) is None


def _cancellation(row: Enrolment) -> EnrolmentEvent | None:
    """Return the event that cancelled it, None when it is not cancelled."""
    if row.state != EnrolmentState.CANCELLED:
        return None
    last = row.events.order_by("-at", "-pk").first()
    return last if last and last.kind == EnrolmentEventKind.CANCELLED else None


def _state_after_undo(run: LockedRun, last: EnrolmentEvent) -> EnrolmentState:
    if last.from_state == EnrolmentState.WAITLISTED:
        if run.seats.waiting_left == 0:
            refuse(PLACE_GIVEN)
        return EnrolmentState.WAITLISTED
    if run.seats.free == 0:
        refuse(SEAT_GIVEN)
    return EnrolmentState.CONFIRMED
