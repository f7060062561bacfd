"""候补: empty seats are offered in order, in the transaction that empties them; an offer holds its seat until it ends.

The order is total: higher priority, then earlier, then the lower id. Nobody is passed over.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from cms.models import User
from courses.enums import EnrolmentEventKind, EnrolmentState, MessageKind, Right
from courses.errors import Refused
from courses.models import CourseRun, Enrolment
from courses.rules.enrolment import gone_refusal
from courses.rules.seats import offer_ends
from courses.services.branches import refuse_unless_may
from courses.services.enrolment.states import change_state, locked, refuse
from courses.services.seats import LockedRun, lock_seats

OFFER_OVER = "座位留到的时间过了，不再给您留了。请重新报名。"


def fill(run: LockedRun, *, now: datetime) -> list[Enrolment]:
    """Offer every empty seat to the next ones waiting, and return them; the caller has locked the class.

    ``run`` is how it stood when it was locked: ask again with `refill` after changing anything. Where too little time
    is left to answer in, they go on waiting: there may be another session, or they come and see.
    """
    left, start = run.seats.left, run.next_start(now)
    if not run.seats.waiting or left == 0 or start is None:
        return []
    ends = offer_ends(now=now, hours=settings.OFFER_HOURS, next_start=start)
    if ends is None:
        return []
    promoted = list(run.run.enrolments.waiting().select_related("learner")[:left])
    for each in promoted:
        change_state(
            each,
            EnrolmentState.OFFERED,
            EnrolmentEventKind.OFFERED,
            at=now,
            offered_until=ends,
            told=MessageKind.OFFER,
        )
    return promoted


def refill(run: CourseRun, *, now: datetime) -> list[Enrolment]:
    """Count anew and offer what is empty; for whoever has changed the class, its sessions or its enrolments."""
    return fill(lock_seats(run), now=now)


@transaction.atomic
def accept(*, enrolment: Enrolment, by: User | None, now: datetime) -> Enrolment:
    """Take an offered seat. Taking it again changes nothing. Raises NotAllowed, Refused."""
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    run, row = locked(enrolment)
    if row.state == EnrolmentState.CONFIRMED:
        return row
    refuse(gone_refusal(run.state(now)))
    _refuse_unless_offered(row, now)
    change_state(
        row,
        EnrolmentState.CONFIRMED,
        EnrolmentEventKind.ACCEPTED,
        at=now,
        by=by,
        told=MessageKind.SEAT,
    )
    return row


@transaction.atomic
def decline(*, enrolment: Enrolment, by: User | None, now: datetime) -> Enrolment:
    """Let an offered seat go to the next one. Declining again changes nothing. Raises NotAllowed, Refused."""
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    run, row = locked(enrolment)
    if row.state == EnrolmentState.DECLINED:
        return row
    if row.state != EnrolmentState.OFFERED:
        raise Refused("not-offered", "现在没有留给您的座位。")
    change_state(row, EnrolmentState.DECLINED, EnrolmentEventKind.DECLINED, at=now, by=by)
    refill(run.run, now=now)
    return row


def end_offers(*, now: datetime) -> int:
    """End every offer whose time is over, and offer those seats on; return how many ended.

    A class at a time, each in a transaction of its own: killed in between, the rest is done the next time.
    """
    over = Enrolment.objects.filter(state=EnrolmentState.OFFERED, offered_until__lte=now)
    runs = CourseRun.objects.filter(pk__in=over.values("run_id")).order_by("pk")
    return sum(_end_offers_of(run, now) for run in runs)


def fill_empty_seats(*, now: datetime) -> int:
    """Offer seats that became free without a cancellation, such as by a larger room; return how many."""
    waiting = Enrolment.objects.filter(state=EnrolmentState.WAITLISTED)
    runs = CourseRun.objects.upcoming(now=now).filter(pk__in=waiting.values("run_id"))
    count = 0
    for run in runs.order_by("pk"):
        with transaction.atomic():
            count += len(refill(run, now=now))
    return count


@transaction.atomic
def _end_offers_of(run: CourseRun, now: datetime) -> int:
    lock_seats(run)
    over = list(run.enrolments.filter(state=EnrolmentState.OFFERED, offered_until__lte=now))
    for each in over:
        change_state(
            each,
            EnrolmentState.EXPIRED,
            EnrolmentEventKind.EXPIRED,
            at=now,
            told=MessageKind.OFFER_OVER,
        )
    refill(run, now=now)
    return len(over)


def place_of(enrolment: Enrolment) -> int:
    """Return the place in the waiting list, 1 is the next one; 0 for who does not wait."""
    if enrolment.state != EnrolmentState.WAITLISTED:
        return 0
    same = Q(priority=enrolment.priority)
    earlier = Q(created_at__lt=enrolment.created_at) | Q(created_at=enrolment.created_at, pk__lt=enrolment.pk)
    before = Q(priority__gt=enrolment.priority) | (same & earlier)
    return Enrolment.objects.filter(before, run=enrolment.run_id, state=EnrolmentState.WAITLISTED).count() + 1


def _refuse_unless_offered(row: Enrolment, now: datetime) -> None:
    if row.state == EnrolmentState.EXPIRED or (
        row.state == EnrolmentState.OFFERED and row.offered_until <= now
    ):
        raise Refused("offer-over", OFFER_OVER)
    if row.state != EnrolmentState.OFFERED:
        raise Refused("not-offered", "现在没有留给您的座位。")
