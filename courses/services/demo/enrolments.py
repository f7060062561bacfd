"""People who enrol in the demo classes, through the services everybody uses: some classes full, with people waiting."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.enums import EnrolledThrough, MessageState
from courses.errors import Refused
from courses.models import CourseRun, Enrolment, Learner, LearnerPlace, Message
from courses.rules.personal_data import NOTICE_VERSION
from courses.services.demo.inventing import chance
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.enrolling import Wish, enrol
from courses.services.waiting_list import accept

DAY = timedelta(days=1)
# Of so many classes one is wanted by more people than it has seats for.
POPULAR = 6
WITHOUT_LIMIT = 12
THROUGH = (EnrolledThrough.WEB, EnrolledThrough.PHONE, EnrolledThrough.DESK)


@transaction.atomic
def add_enrolments() -> str | None:
    """Let demo learners enrol in the demo classes of their schools; return what was done."""
    if Enrolment.objects.filter(is_demo=True).exists():
        return None
    now, learners = timezone.now(), _learners()
    runs = CourseRun.objects.published().filter(is_demo=True).with_dates().select_related("organiser")
    for number, run in enumerate(runs.order_by("first_at", "code")):
        if run.first_at is not None and run.cancelled_at is None:
            _fill(run, number, learners[run.organiser_id], now)
    # Nobody is written to about what was invented.
    Message.objects.filter(is_demo=True, due_at__lte=now).update(state=MessageState.SENT, done_at=F("due_at"))
    made = Enrolment.objects.filter(is_demo=True)
    return f"新建演示报名：{made.count()} 个，其中候补 {made.waiting().count()} 个"


def _learners() -> dict[int, list[Learner]]:
    """Return who is known at each school."""
    known = defaultdict(list)
    places = LearnerPlace.objects.filter(learner__is_demo=True, learner__merged_into=None)
    for place in places.select_related("learner").order_by("pk"):
        known[place.organisation_id].append(place.learner)
    return known


def _fill(run: CourseRun, number: int, learners: list[Learner], now: datetime) -> None:
    dice = chance(f"enrolments {run.code}")
    wanted = _how_many(run, number, dice)
    coming = dice.sample(learners, min(wanted, len(learners)))
    done = [
        row
        for learner, at in zip(coming, _moments(run, now, dice), strict=False)
        if (row := _enrolled(run, learner, at, dice))
    ]
    last = min(now, run.first_at - DAY)  # type: ignore[attr-defined]
    for row in done[:: dice.randrange(9, 14)]:
        cancel(enrolment=row, by=None, now=last)
    if run.first_at < now:  # type: ignore[attr-defined]
        # Who was offered a seat in a class that has begun has answered since.
        for row in run.enrolments.filter(offered_until__isnull=False):
            accept(enrolment=row, by=None, now=last)


def _how_many(run: CourseRun, number: int, dice: Random) -> int:
    seats = WITHOUT_LIMIT if run.capacity is None else run.capacity
    if number % POPULAR == 0:
        return seats + dice.randrange(2, 7)
    return max(3, round(seats * dice.uniform(0.45, 0.95)))


def _moments(run: CourseRun, now: datetime, dice: Random) -> Iterator[datetime]:
    """Yield when people enrol: one after the other from when it was published, in time before it begins."""
    opens = max(run.published_at, run.enrol_from or run.published_at)
    closes = min(now, run.first_at - 2 * DAY)  # type: ignore[attr-defined]
    at = opens
    while at < closes:
        yield at
        at += min((closes - opens) / 60, DAY) * dice.uniform(0.3, 1)


def _enrolled(run: CourseRun, learner: Learner, at: datetime, dice: Random) -> Enrolment | None:
    """Let somebody enrol; None when they cannot, because they sit in another class at that time."""
    wish = Wish(consent_version=NOTICE_VERSION, through=dice.choice(THROUGH), is_demo=True)
    try:
        return enrol(run=run, learner=learner, wish=wish, now=at, by=None).enrolment
    except Refused:
        return None
