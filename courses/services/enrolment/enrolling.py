"""Enrolling (报名): a person from the web, or a learner whom staff know. One enrolment, however often it is asked."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import (
    LIVE_STATES,
    EnrolledThrough,
    EnrolmentEventKind,
    EnrolmentState,
    FilledBy,
    MessageKind,
    Right,
    RunState,
)
from courses.errors import Refused
from courses.models import ClassSession, CourseRun, Enrolment, Learner, Organisation
from courses.models.private import keyed_hash
from courses.rules.enrolment import Slot, overlap_refusal, window_refusal
from courses.rules.names import LONGEST, tidy
from courses.rules.phones import normalised, phone_refusal
from courses.rules.refusal import Refusal
from courses.rules.seats import state_for
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.states import note, refuse
from courses.services.learners import LearnerFacts, identify, know_at, settle
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_sees, refuse_unless_there
from courses.services.scheduling.holding import span_in_words
from courses.services.seats import LockedRun, lock_seats
from courses.services.waiting_list import place_of

TOLD = {EnrolmentState.CONFIRMED: MessageKind.SEAT, EnrolmentState.WAITLISTED: MessageKind.WAITING}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How somebody enrols, apart from who and where.

    ``token`` is the form's hidden one. ``consent_version`` names the notice agreed to. ``contact_…``: whom to call,
    where that is not the learner. ``priority`` is for staff only.
    """

    consent_version: str
    through: str = EnrolledThrough.WEB
    filled_by: str = FilledBy.SELF
    contact_name: str = ""
    contact_phone: str = ""
    token: str = ""
    priority: int = 0
    is_demo: bool = False

    def checked(self) -> "Wish":
        """Return it tidy. Raises Refused, by field."""
        tidied = replace(
            self, contact_name=tidy(self.contact_name), contact_phone=normalised(self.contact_phone)
        )
        wrong = {
            "contact_name": len(tidied.contact_name) > LONGEST and f"名字太长了，最多 {LONGEST} 个字。",
            "contact_phone": tidied.contact_phone and phone_refusal(tidied.contact_phone),
        }
        if refusals := {name: words for name, words in wrong.items() if words}:
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
    locked = lock_seats(run)
    if there := _there(locked, who.learner):
        return Enrolled(there, is_new=False, is_own=there.is_from_form(wish.token), place=place_of(there))
    state = _state_for(locked, who.learner, now=now, is_staff=by is not None, override=override)
    learner, is_new = settle(who, organisation_id=run.organiser_id, by=by, is_demo=wish.is_demo)
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
    if there := _there(locked, row):
        return Enrolled(there, is_new=False, is_own=True, place=place_of(there))
    state = _state_for(locked, row, now=now, is_staff=by is not None, override=override)
    if state is EnrolmentState.WAITLISTED and not may_wait:
        raise Refused("full", "这个班满了，没有座位。可以排候补，或者换一个班。")
    know_at(learner=row, organisation=run.organiser, by=by)
    return _made(locked, row, state, wish, now=now, by=by, because=override)


def is_returning(learner: Learner, *, organiser: Organisation, now: datetime) -> bool:
    """True for who had a seat in a class of this organiser that is over: 老学员."""
    before = Enrolment.objects.filter(learner=learner, state=EnrolmentState.CONFIRMED)
    return before.filter(run__organiser=organiser, run__sessions__ends_at__lt=now).exists()


def _there(run: LockedRun, learner: Learner | None) -> Enrolment | None:
    """Return the live enrolment that is there already."""
    if learner is None:
        return None
    return Enrolment.objects.filter(run=run.run, learner=learner, state__in=LIVE_STATES).first()


def _state_for(
    run: LockedRun, learner: Learner | None, *, now: datetime, is_staff: bool, override: str = ""
) -> EnrolmentState:
    """Return how a newcomer enters. Raises Refused."""
    state = run.state(now)
    # Only asked where it matters, which is rare.
    is_early = is_staff and state is RunState.SOON and learner is not None
    is_first = is_early and _goes_first(run.run, learner, now)
    opens = run.run.enrol_from
    refuse(
        window_refusal(
            state,
            enrol_from=timezone.localtime(opens) if opens else None,
            is_staff=is_staff,
            is_first_served=is_first,
        )
    )
    if learner is not None:
        refuse(overlap_refusal(*slots_of(run, learner, now)))
    if override:
        return _over_own_limit(run)
    entered = state_for(run.seats)
    if isinstance(entered, Refusal):
        raise Refused(entered.code, entered.message)
    return entered


def _goes_first(run: CourseRun, learner: Learner, now: datetime) -> bool:
    begun = run.returning_from is not None and run.returning_from <= now
    return begun and is_returning(learner, organiser=run.organiser, now=now)


def _over_own_limit(run: LockedRun) -> EnrolmentState:
    seats = run.without_own_limit()
    if seats.left == 0:
        raise Refused("over-rule", f"{seats.limit.reason}，最多 {seats.limit.most} 位，不能再加。")
    return EnrolmentState.CONFIRMED


def slots_of(run: LockedRun, learner: Learner, now: datetime) -> tuple[list[Slot], list[Slot]]:
    """Return when this class is still to meet, and when the learner sits elsewhere in that time."""
    wanted = [Slot(each.starts_at, each.ends_at) for each in run.meetings if each.ends_at > now]
    if not wanted:
        return [], []
    first, last = wanted[0].starts_at, max(each.ends_at for each in wanted)
    elsewhere = ClassSession.objects.planned().filter(
        run__enrolments__learner=learner,
        run__enrolments__state__in=LIVE_STATES,
        starts_at__lt=last,
        ends_at__gt=first,
    )
    rows = elsewhere.exclude(run=run.run).order_by("starts_at")
    taken = [
        Slot(starts, ends, f"{title}，{span_in_words(starts, ends)}")
        for starts, ends, title in rows.values_list("starts_at", "ends_at", "run__title")
    ]
    return wanted, taken


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
        priority=wish.priority,
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
    enrolment.save(force_insert=True)
    note(enrolment, EnrolmentEventKind.ENROLLED, at=now, by=by, because=because, told=TOLD[state])
    place = run.seats.waiting + 1 if state is EnrolmentState.WAITLISTED else 0
    return Enrolled(
        enrolment, is_new=True, is_own=True, place=place_of(enrolment) if wish.priority else place
    )


def asked_at(run: LockedRun, state: EnrolmentState, *, now: datetime) -> datetime:
    """Return since when somebody waits: never before who is waiting already and was told so.

    ``now`` was looked up before the class was locked, perhaps on a server whose clock is a hair behind.
    """
    if state is not EnrolmentState.WAITLISTED or not run.seats.waiting:
        return now
    last = run.run.enrolments.waiting().order_by().aggregate(at=Max("created_at"))["at"]
    return max(now, last)
