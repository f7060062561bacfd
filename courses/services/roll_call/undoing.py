"""Taking back what one has just put down: by lines that say what the roll said before."""

from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import AttendanceState
from courses.errors import Refused
from courses.models import Attendance, ClassSession
from courses.services.roll_call.marking import Mark, mark

WHY = "撤销"


@transaction.atomic
def undo_last(*, session: ClassSession, by: User, now: datetime) -> list[Attendance]:
    """Take back everything ``by`` put down at once the last time in this session. Raises NotAllowed, Refused."""
    mine = Attendance.objects.last().filter(session=session, by=by)
    newest = mine.exclude(because=WHY).order_by("-recorded_at").first()
    if newest is None:
        raise Refused("nothing-to-undo", "没有可以撤销的。")
    batch = mine.filter(recorded_at=newest.recorded_at).select_related("learner", "corrects")
    return mark(session=session, marks=[_before(row) for row in batch], by=by, now=now)


def _before(row: Attendance) -> Mark:
    """Return what the roll said before; who was not on it is struck out."""
    if row.corrects is None:
        return Mark(learner=row.learner, state=AttendanceState.STRUCK, because=WHY)
    old = row.corrects
    return Mark(
        learner=row.learner,
        state=old.state,
        minutes=old.minutes,
        how=old.how,
        kind=old.kind,
        because=WHY,
    )
