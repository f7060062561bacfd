"""When somebody's year of birth turns out to be another: what was put down is put right by lines that say so."""

from datetime import datetime

from cms.models import User
from courses.models import Attendance, Learner
from courses.rules.learners import is_senior
from courses.services.counting.keeping import recounting
from courses.services.counting.ledger import group_of
from courses.services.roll_call.lines import new_line

WHY = "出生年份改了"


def restate(learner: Learner, *, by: User | None, now: datetime) -> int:
    """Put right every last line of a learner whose being a senior has changed; return how many."""
    rows = Attendance.objects.last().filter(learner_id__in=group_of([learner.pk]))
    wrong = [row for row in rows.select_related("session") if _senior_in(row, learner) != row.is_senior]
    if not wrong:
        return 0
    with recounting([learner.pk]):
        lines = [_line(row, learner, by=by, now=now) for row in wrong]
        Attendance.objects.bulk_create(lines)
    return len(lines)


def _senior_in(row: Attendance, learner: Learner) -> bool:
    return is_senior(birth_year=learner.birth_year, says_senior=learner.says_senior, year=row.session.on.year)


def _line(row: Attendance, learner: Learner, *, by: User | None, now: datetime) -> Attendance:
    return new_line(
        session=row.session,
        learner=learner,
        corrects=row,
        kind=row.kind,
        state=row.state,
        minutes=row.minutes,
        how=row.how,
        happened_at=row.happened_at,
        recorded_at=now,
        by=by,
        because=WHY,
        is_demo=row.is_demo,
    )
