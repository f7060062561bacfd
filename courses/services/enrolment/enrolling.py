"""Enrolling (报名): a person from the web, or a learner whom staff know. One enrolment, however often it is asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from cms.services.prepared import insert
from courses.enums import (
    EnrolledThrough,
    EnrolmentEventKind,
    EnrolmentState,
    FilledBy,
    Right,
    RunState,
)
from courses.errors import Refused
from courses.models import CourseRun, Enrolment, Learner
from courses.models.private import keyed_hash
from courses.rules.enrolment import contact_refusals, window_refusal
from courses.rules.names import tidy
from courses.rules.phones import normalised
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.entering import TOLD, asked_at, live_in, refuse_overlap, state_in
from courses.services.enrolment.returning import is_returning
from courses.services.enrolment.states import note, refuse
from courses.services.learners import LearnerFacts, identify, know_at, settle
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_sees, refuse_unless_there
from courses.services.seats import LockedRun, lock_seats
from courses.services.waiting_list import place_of


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How somebody enrols, apart from who and where.

    ``token`` is the form's hidden one. ``consent_version`` names the notice agreed to. ``contact_…``: whom to call,
    where that is not the learner.
    """

    consent_version: str
    through: str = EnrolledThrough.WEB
    filled_by: str = FilledBy.SELF
    contact_name: str = ""
    contact_phone: str = ""
    token: str = ""
    is_demo: bool = False

    def checked(self) -> "Wish":
        """Return it tidy. Raises Refused, by field."""
        tidied = replace(
            self, contact_name=tidy(self.contact_name), contact_phone=normalised(self.contact_phone)
        )
        if refusals := contact_refusals(name=tidied.contact_name, phone=tidied.contact_phone):
            raise Refused("facts", "还有地方要改。", fields=refusals)
        return tidied


@dataclass(frozen=True)
class Enrolled:
    """What came of it. ``is_own``: whoever asked may see the voucher; ``place`` in the waiting list, 0 has a seat."""

    enrolment: Enrolment
    is_new: bool
    is_own: bool
    place: int = 0


@transaction.atomic
def enrol_person(
    *,
    run: CourseRun,
    facts: LearnerFacts,
    wish: Wish,
    now: datetime,
    by: User | None = None,
    override: str = "",
) -> Enrolled:
    """Enrol somebody by what they say about themselves; who is not known yet is registered.

    The same form twice, and the same person twice, is one enrolment; only the same form is shown the voucher again.
    ``override`` as in `enrol`. Raises NotAllowed; Refused, by field for wrong facts.
    """
    if by is not None:
        refuse_unless_may(Right.ENROL, by=by, organisation=run.organiser)
    wish = wish.checked()
    who = identify(facts.checked(is_from_web=by is None))
    register = partial(settle, who, organisation_id=run.organiser_id, by=by, is_demo=wish.is_demo)
    # Somebody new before the class is locked: from then on everybody else who wants it waits. A refusal takes it back.
    settled = register() if who.can_be_registered else None
    locked = lock_seats(run)
    found, is_new = settled or (who.learner, False)
    known = None if is_new else found
    there = live_in(locked, known) if known else None
    if there:
        return Enrolled(there, is_new=False, is_own=there.is_from_form(wish.token), place=place_of(there))
    state = _state_for(locked, known, now=now, is_staff=by is not None, override=override)
    learner, is_new = settled or register()
    # That somebody registered by enrolling from the web is what the enrolment says.
    if is_new and by is not None:
        record(AuditVerb.CREATED, by=by, subject=learner, organisation_id=run.organiser_id)
    return _made(locked, learner, state, wish, now=now, by=by, because=override, has_registered=is_new)


@transaction.atomic
def enrol(
    *,
    run: CourseRun,
    learner: Learner,
    wish: Wish,
    now: datetime,
    by: User | None,
    override: str = "",
    may_wait: bool = True,
) -> Enrolled:
    """Enrol a learner who is known. ``override`` is staff's reason to go above the class's own number of learners.

    Never above what place and rules allow. ``may_wait`` False: a seat or nothing. Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=run.organiser)
    refuse_unless_sees(Right.ENROL, by=by, learners=(learner,))
    wish = wish.checked()
    (row,) = locked_learners(learner)
    refuse_unless_there(row)
    locked = lock_seats(run)
    if there := live_in(locked, row):
        return Enrolled(there, is_new=False, is_own=True, place=place_of(there))
    state = _state_for(locked, row, now=now, is_staff=by is not None, override=override)
    if state is EnrolmentState.WAITLISTED and not may_wait:
        raise Refused("full", "这个班满了，没有座位。可以排候补，或者换一个班。")
    know_at(learner=row, organisation=run.organiser, by=by)
    return _made(locked, row, state, wish, now=now, by=by, because=override)


def _state_for(
    run: LockedRun, learner: Learner | None, *, now: datetime, is_staff: bool, override: str = ""
) -> EnrolmentState:
    """Return how a newcomer enters. Raises Refused."""
    is_first = is_staff and learner is not None and _goes_first(run, learner, now)
    if override:
        refuse(
            window_refusal(
                run.state(now), enrol_from=run.run.enrol_from, is_staff=is_staff, is_first_served=is_first
            )
        )
        state = _over_own_limit(run)
    else:
        state = state_in(run, now=now, is_staff=is_staff, is_first_served=is_first)
    if learner is not None:
        refuse_overlap(run, learner, now=now)
    return state


def _goes_first(run: LockedRun, learner: Learner, now: datetime) -> bool:
    """True for 老学员 while they come before others; only asked where it matters, which is rare."""
    begins = run.run.returning_from
    if begins is None or begins > now or run.state(now) is not RunState.SOON:
        return False
    return is_returning(learner, run.run, now=now)


def _over_own_limit(run: LockedRun) -> EnrolmentState:
    seats = run.without_own_limit()
    if seats.left == 0:
        raise Refused("over-rule", f"{seats.limit.reason}，最多 {seats.limit.most} 位，不能再加。")
    return EnrolmentState.CONFIRMED


def _made(
    run: LockedRun,
    learner: Learner,
    state: EnrolmentState,
    wish: Wish,
    *,
    now: datetime,
    by: User | None,
    because: str = "",
    has_registered: bool = False,
) -> Enrolled:
    enrolment = Enrolment(
        run=run.run,
        learner=learner,
        state=state,
        created_at=asked_at(run, state, now=now),
        through=wish.through,
        filled_by=wish.filled_by,
        contact_name=wish.contact_name,
        consent_version=wish.consent_version,
        consent_at=now,
        form_key=keyed_hash("form", wish.token),
        has_registered=has_registered,
        is_demo=wish.is_demo,
    )
    enrolment.keep_contact_phone(wish.contact_phone)
    enrolment.make_voucher()
    insert(enrolment)
    note(enrolment, EnrolmentEventKind.ENROLLED, at=now, by=by, because=because, told=TOLD[state])
    place = run.seats.waiting + 1 if state is EnrolmentState.WAITLISTED else 0
    return Enrolled(enrolment, is_new=True, is_own=True, place=place)
