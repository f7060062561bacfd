"""The rolls of demo sessions that are over: walk-ins, late entries, heads without names, some forgotten."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from cms.models import User
from courses.enums import AttendanceState, EnrolmentState, RunKind
from courses.models import Attendance, ClassSession, CourseRun, Enrolment, HeadCount, Learner, LearnerPlace
from courses.services.counting.recount import recount
from courses.services.demo.inventing import chance
from courses.services.demo.rolls import DAY, Clerk, called
from courses.services.progress.classes import GRACE, SPAN
from courses.services.roll_call.lines import new_line

# Every so many-th session, and which of them.
FORGOTTEN, FORGETS = 9, 4
LATE_ENTRIES, ENTERED_LATE = 13, 6
WITH_HEADS, HAS_HEADS = 15, 8
WITH_GUESTS = 3
MOST_GUESTS_OF_SINGLE = 6
# Every so many-th of those who stayed away was there after all.
WRONG = 10
# Heads are approved where the demo log-in of a district can have done so.
APPROVER, ITS_DISTRICT = "xuhui-manager", "XH"
LONG_AGO = 2021


@dataclass(frozen=True)
class School:
    """Who is known at a school, in one order."""

    learners: list[Learner]

    def guests(self, expected: list[Learner], many: int, dice: Random) -> list[Learner]:
        """Return people who are not in this class: of another one, or of none."""
        there = {learner.pk for learner in expected}
        found = dice.sample(self.learners, min(len(self.learners), many + len(there)))
        return [learner for learner in found if learner.pk not in there][:many]


@transaction.atomic
def add_attendances() -> str | None:
    """Call the rolls of what is over; return what was done."""
    if Attendance.objects.filter(is_demo=True).exists():
        return None
    now = timezone.now()
    sessions = list(_over(now))
    if not sessions:
        return None
    lines = Attendance.objects.bulk_create(_lines(sessions, Clerk.of_today(now)), batch_size=500)
    Attendance.objects.bulk_create(_put_right(lines))
    _count_heads(sessions)
    recount()
    return f"新建演示签到：{Attendance.objects.filter(is_demo=True).count()} 行"


def _over(now: datetime):
    """Return the sessions that are over, in the order they were held."""
    published = CourseRun.objects.published().filter(is_demo=True)
    rows = ClassSession.objects.planned().filter(run__in=published, ends_at__lte=now)
    return rows.select_related("run__organiser").order_by("starts_at", "run__code", "number")


def _lines(sessions: list[ClassSession], clerk: Clerk) -> list[Attendance]:
    seated, schools = _seated(), _schools()
    return [
        line
        for number, session in enumerate(sessions)
        if not _is_forgotten(session, number, clerk.now)
        for line in _called(session, number, seated[session.run_id], schools[session.run.organiser_id], clerk)
    ]


def _is_forgotten(session: ClassSession, number: int, now: datetime) -> bool:
    """Of the last weeks some were never called, so that there is something to be reminded of."""
    is_late = now - SPAN <= session.starts_at and session.ends_at <= now - GRACE
    return is_late and number % FORGOTTEN == FORGETS


def _called(
    session: ClassSession, number: int, seats: list[Enrolment], school: School, clerk: Clerk
) -> Iterator[Attendance]:
    dice = chance(f"roll {session.run.code} {session.number}")
    expected = [seat.learner for seat in seats if seat.created_at <= session.starts_at]
    if session.on.year == LONG_AGO:
        # Lists of paper that were typed in when there was something to type them into.
        days_later = (clerk.now - session.starts_at).days
    else:
        days_later = dice.randrange(1, 4) if number % LATE_ENTRIES == ENTERED_LATE else 0
    guests = school.guests(expected, _how_many_guests(session, number, dice), dice)
    yield from called(session, [*expected, *guests], clerk, dice, days_later=days_later)


def _how_many_guests(session: ClassSession, number: int, dice: Random) -> int:
    if session.run.kind == RunKind.SINGLE:
        return dice.randrange(2, MOST_GUESTS_OF_SINGLE)
    return dice.randrange(1, 3) if number % WITH_GUESTS == 0 else 0


def _seated() -> dict[int, list[Enrolment]]:
    rows = Enrolment.objects.filter(is_demo=True, state=EnrolmentState.CONFIRMED).select_related("learner")
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.run_id].append(row)
    return found


def _schools() -> dict[int, School]:
    found: dict[int, School] = defaultdict(lambda: School([]))
    rows = LearnerPlace.objects.filter(learner__is_demo=True, learner__merged_into=None)
    for place in rows.select_related("learner").order_by("pk"):
        found[place.organisation_id].learners.append(place.learner)
    return found


def _put_right(lines: list[Attendance]) -> list[Attendance]:
    """Return lines that say of some who were put down as away that they were there."""
    away = [line for line in lines if line.state == AttendanceState.ABSENT]
    return [
        new_line(
            session=line.session,
            learner=line.learner,
            corrects=line,
            state=AttendanceState.PRESENT,
            how=line.how,
            happened_at=line.happened_at,
            recorded_at=line.recorded_at,
            by=None,
            because="点错了",
            is_demo=True,
        )
        for line in away[::WRONG]
    ]


def _count_heads(sessions: list[ClassSession]) -> None:
    """Put down heads without names in some sessions; a district has approved some of its own."""
    with_heads = sessions[HAS_HEADS::WITH_HEADS]
    counted = HeadCount.objects.bulk_create(
        HeadCount(
            session=session,
            heads=chance(f"heads {session.run.code} {session.number}").randrange(2, 7),
            at=session.ends_at,
        )
        for session in with_heads
    )
    manager = User.objects.filter(username=APPROVER).first()
    if manager is not None:
        HeadCount.objects.bulk_create(
            HeadCount(
                session=each.session,
                corrects=each,
                heads=each.heads,
                approved_by=manager,
                by=manager,
                because="社区活动日，居委干部点的人数",
                at=min(each.at + DAY, timezone.now()),
            )
            for each in counted
            if each.session.run.code.startswith(f"{ITS_DISTRICT}-")
        )
