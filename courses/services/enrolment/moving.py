"""Moving somebody to another class (换班): out of one and into the other at once, or not at all."""

from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import LIVE_STATES, EnrolmentEventKind, EnrolmentState, Right
from courses.errors import Refused
from courses.models import CourseRun, Enrolment, Learner
from courses.rules.enrolment import leave_refusal
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.entering import TOLD, asked_at, live_in, refuse_overlap, state_in
from courses.services.enrolment.states import change_state, note, refuse
from courses.services.learners import know_at
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_there
from courses.services.seats import LockedRun, lock_seats_of
from courses.services.waiting_list import refill


@transaction.atomic
def move(
    *,
    enrolment: Enrolment,
    to: CourseRun,
    because: str,
    by: User | None,
    now: datetime,
    may_wait: bool = False,
) -> Enrolment:
    """Let a live enrolment go over to another class; return the new one. The old seat goes to the next one waiting.

    Contact, consent and who filled it in go along. ``may_wait`` True: a place in the queue will do. Raises NotAllowed,
    Refused.
    """
    for run in (enrolment.run, to):
        refuse_unless_may(Right.ENROL, by=by, organisation=run.organiser)
    if not because.strip():
        raise Refused("no-reason", "写一句为什么换班。", fields={"because": "写一句为什么。"})
    if enrolment.run_id == to.pk:
        raise Refused("same-run", "已经在这个班了。请选另一个班。", fields={"to": "请选另一个班。"})
    # Before the classes, as whoever enrols or erases somebody does.
    (learner,) = locked_learners(Learner.canonical_of(enrolment.learner_id))
    refuse_unless_there(learner)
    runs = lock_seats_of([enrolment.run, to])
    row = Enrolment.objects.select_related("learner").get(pk=enrolment.pk)
    if row.state not in LIVE_STATES:
        raise Refused("not-live", "这个报名已经取消了，不能换班。")
    refuse(leave_refusal(runs[enrolment.run_id].state(now)))
    target = runs[to.pk]
    state = _state_in(target, learner, now=now, may_wait=may_wait)
    # Before the other is looked for: the old seat must not stand in its own way where the classes overlap.
    change_state(row, EnrolmentState.CANCELLED, EnrolmentEventKind.MOVED, at=now, by=by, because=because)
    refuse_overlap(target, learner, now=now)
    moved = _copied(row, learner, target, state, now=now, by=by, because=because)
    refill(enrolment.run, now=now)
    return moved


def _state_in(run: LockedRun, learner: Learner, *, now: datetime, may_wait: bool) -> EnrolmentState:
    entered = state_in(run, now=now, is_staff=True)
    if live_in(run, learner):
        raise Refused("already-there", "这位学员在那个班已经报名了。")
    if entered is EnrolmentState.WAITLISTED and not may_wait:
        raise Refused("full", "那个班满了。可以排候补，或者换一个班。")
    return entered


def _copied(
    row: Enrolment,
    learner: Learner,
    target: LockedRun,
    state: EnrolmentState,
    *,
    now: datetime,
    by: User | None,
    because: str,
) -> Enrolment:
    know_at(learner=learner, organisation=target.run.organiser, by=by)
    moved = Enrolment(
        run=target.run,
        learner=learner,
        state=state,
        created_at=asked_at(target, state, now=now),
        through=row.through,
        filled_by=row.filled_by,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        consent_version=row.consent_version,
        consent_at=row.consent_at,
        has_registered=row.has_registered,
        is_demo=row.is_demo,
    )
    moved.make_voucher()
    moved.save(force_insert=True)
    note(moved, EnrolmentEventKind.MOVED, at=now, by=by, because=because, told=TOLD[state])
    return moved
