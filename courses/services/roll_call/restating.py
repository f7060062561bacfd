"""When what a line was judged by turns out to be another: it is put right by a line that says so.

That is a year of birth, who counts as whom, and the day and the length of a session.
"""

from datetime import datetime

from django.db.models import QuerySet

from cms.models import User
from courses.models import Attendance, ClassSession, Learner
from courses.services.counting.keeping import recounting, rows_of
from courses.services.roll_call.lines import new_line

BIRTH_YEAR = "出生年份改了"
MERGED = "合并了重复的学员"
PARTED = "合并的学员又分开了"
MOVED = "这次课改了时间"
# What no press of 撤销 takes back.
REASONS = (BIRTH_YEAR, MERGED, PARTED, MOVED)


def restate(learner: Learner, *, by: User | None, now: datetime) -> int:
    """Put right what is said of a learner whose year of birth or own word has changed; return how many lines."""
    if not Attendance.objects.filter(learner__in=rows_of({learner.pk})).exists():
        return 0
    with recounting([learner.pk]):
        return put_right_people(learner, because=BIRTH_YEAR, by=by, now=now)


def put_right_people(*learners: Learner, because: str, by: User | None, now: datetime) -> int:
    """Put right what is said of these people, by their rows as they are now; inside `recounting`."""
    rows = rows_of({learner.pk for learner in learners})
    lines = Attendance.objects.last().filter(learner__in=rows)
    return _put_right(lines, because=because, by=by, now=now)


def put_right_session(session: ClassSession, *, by: User | None, now: datetime) -> int:
    """Put right what is said in a session that was moved to another day or length; inside `recounting`."""
    lines = Attendance.objects.last().filter(session=session)
    return _put_right(lines, because=MOVED, by=by, now=now)


def _put_right(lines: QuerySet[Attendance], *, because: str, by: User | None, now: datetime) -> int:
    found = lines.select_related("session", "learner__merged_into").order_by("pk")
    made = [_again(line, because=because, by=by, now=now) for line in found]
    wrong = [line for line in made if _judged(line) != _judged(line.corrects)]
    Attendance.objects.bulk_create(wrong)
    return len(wrong)


def _judged(line: Attendance) -> tuple[bool, bool, bool]:
    return line.is_senior, line.is_self_declared, line.counts


def _again(line: Attendance, *, because: str, by: User | None, now: datetime) -> Attendance:
    """Return what the line would say today."""
    return new_line(
        session=line.session,
        learner=line.learner.merged_into or line.learner,
        corrects=line,
        kind=line.kind,
        state=line.state,
        minutes=line.minutes,
        how=line.how,
        happened_at=line.happened_at,
        recorded_at=now,
        by=by,
        because=because,
        is_demo=line.is_demo,
    )
