"""Taking back what one has just put down: by lines that say what the roll said before."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cms.models import User
from courses.enums import AttendanceState
from courses.errors import Refused
from courses.models import Attendance, ClassSession
from courses.services.roll_call.marking import Mark, mark
from courses.services.roll_call.restating import REASONS
from courses.services.roll_call.roll import last_of

WHY = "撤销"
# Later than that, somebody else may have gone on from it: one corrects it line by line.
WITHIN = timedelta(minutes=10)


@transaction.atomic
def undo_last(*, session: ClassSession, by: User, now: datetime) -> list[Attendance]:
    """Take back everything ``by`` put down at once the last time in this session, ten minutes ago at most.

    Raises NotAllowed, Refused.
    """
    mine = _mine(session, by)
    newest = mine.order_by("-recorded_at").first()
    if newest is None:
        raise Refused("nothing-to-undo", "没有可以撤销的。")
    if newest.recorded_at < now - WITHIN:
        raise Refused("too-late", "已经过了 10 分钟，不能一下子撤销了。请一位一位改，再按“保存”。")
    batch: dict[int, list[Attendance]] = defaultdict(list)
    rows = mine.filter(recorded_at=newest.recorded_at).select_related("learner", "corrects")
    for row in rows.by_person().order_by("pk"):
        batch[row.person].append(row)
    return mark(session=session, marks=[_before(lines) for lines in batch.values()], by=by, now=now)


def may_undo(session: ClassSession, *, by: User, now: datetime) -> bool:
    """True when there is something of ``by``'s own to take back, and it is not too late."""
    return _mine(session, by).filter(recorded_at__gte=now - WITHIN).exists()


def _mine(session: ClassSession, by: User) -> Any:
    """What ``by`` put down themselves, as the roll says it now: neither taken back nor put right by the rules."""
    rows = Attendance.objects.last().filter(session=session, by=by)
    return rows.exclude(because__in=[WHY, *REASONS])


def _before(lines: Sequence[Attendance]) -> Mark:
    """Return what the roll said of a person before these lines; who was not on it is struck out."""
    row = max(lines, key=lambda line: line.pk)
    # Of two rows that were merged, the one that the roll showed.
    old = last_of([line.corrects for line in lines if line.corrects])
    if old is None:
        return Mark(
            learner=row.learner, state=AttendanceState.STRUCK, kind=row.kind, because=WHY, shown=row.pk
        )
    return Mark(
        learner=row.learner,
        state=old.state,
        minutes=old.minutes,
        how=old.how,
        kind=old.kind,
        because=WHY,
        shown=row.pk,
    )
