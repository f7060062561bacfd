"""Entering a class, from wherever: what every way in asks and puts down once the class is locked."""

from datetime import datetime

from django.db.models import Max

from courses.enums import LIVE_STATES, EnrolmentState, MessageKind
from courses.errors import Refused
from courses.models import ClassSession, Enrolment, Learner
from courses.rules.enrolment import Slot, entry, overlap_refusal
from courses.rules.refusal import Refusal
from courses.services.enrolment.states import refuse
from courses.services.scheduling.holding import span_in_words
from courses.services.seats import LockedRun

TOLD = {EnrolmentState.CONFIRMED: MessageKind.SEAT, EnrolmentState.WAITLISTED: MessageKind.WAITING}


def state_in(
    run: LockedRun, *, now: datetime, is_staff: bool, is_first_served: bool = False
) -> EnrolmentState:
    """Return how a newcomer enters. Raises Refused."""
    entered = entry(
        run.state(now),
        run.seats,
        enrol_from=run.run.enrol_from,
        is_staff=is_staff,
        is_first_served=is_first_served,
    )
    if isinstance(entered, Refusal):
        raise Refused(entered.code, entered.message)
    return entered


def live_in(run: LockedRun, learner: Learner) -> Enrolment | None:
    """Return the live enrolment that somebody has in a class already."""
    return Enrolment.objects.filter(run=run.run, learner=learner, state__in=LIVE_STATES).first()


def refuse_overlap(run: LockedRun, learner: Learner, *, now: datetime) -> None:
    """Raise Refused where a learner sits elsewhere while this class is still to meet. The caller has locked them."""
    refuse(overlap_refusal(*_slots(run, learner, now)))


def _slots(run: LockedRun, learner: Learner, now: datetime) -> tuple[list[Slot], list[Slot]]:
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


def asked_at(run: LockedRun, state: EnrolmentState, *, now: datetime) -> datetime:
    """Return since when somebody waits: never before who is waiting already and was told so.

    ``now`` was looked up before the class was locked, perhaps on a server whose clock is a hair behind.
    """
    if state is not EnrolmentState.WAITLISTED or not run.seats.waiting:
        return now
    last = run.run.enrolments.waiting().order_by().aggregate(at=Max("created_at"))["at"]
    return max(now, last)
