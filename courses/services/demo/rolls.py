"""What the roll of a demo session says: most came, some late, some went early; built by the rules everybody meets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.utils import timezone

from courses.enums import AttendanceState, RecordedHow, RunMode
from courses.models import Attendance, ClassSession, Learner, MonthLock
from courses.services.counting.seals import head
from courses.services.roll_call.lines import new_line

DAY = timedelta(days=1)
# Of a hundred.
COMMON = {
    AttendanceState.PRESENT: 81,
    AttendanceState.LATE: 6,
    AttendanceState.LEFT_EARLY: 4,
    AttendanceState.ABSENT: 6,
    AttendanceState.EXCUSED: 3,
}
STATES, CUMULATED = tuple(COMMON), tuple(accumulate(COMMON.values()))
BECAUSE = "演示数据"


@dataclass(frozen=True)
class Clerk:
    """Who puts down what was long ago. Days that are sealed and months that are reported stay as they were."""

    closed_until: datetime | None
    now: datetime

    @classmethod
    def of_today(cls, now: datetime) -> "Clerk":
        newest, lock = head(), MonthLock.objects.order_by("-at").first()
        closed = [
            *([_midnight_after(newest.day)] if newest else []),
            *([lock.at + timedelta(microseconds=1)] if lock else []),
        ]
        return cls(max(closed, default=None), now)

    def moment(self, wanted: datetime) -> datetime:
        """Return when it can have been put down: then, or only now."""
        is_open = self.closed_until is None or wanted >= self.closed_until
        return wanted if is_open and wanted <= self.now else self.now


def called(
    session: ClassSession, people: Iterable[Learner], clerk: Clerk, dice: Random, *, days_later: int = 0
) -> list[Attendance]:
    """Return a line for each of them, not saved yet; put down in class, or so many days later (补录)."""
    recorded_at = clerk.moment(session.starts_at + timedelta(minutes=20) + days_later * DAY)
    how = _how(session, dice, is_late=bool(days_later))
    return [_line(session, learner, how, recorded_at, dice) for learner in people]


def _how(session: ClassSession, dice: Random, *, is_late: bool) -> str:
    if is_late:
        return RecordedHow.PAPER.value
    if session.mode in {RunMode.ONLINE, RunMode.RECORDED}:
        return RecordedHow.ONLINE.value
    return dice.choices((RecordedHow.LIST.value, RecordedHow.QR.value), (7, 3))[0]


def _line(
    session: ClassSession, learner: Learner, how: str, recorded_at: datetime, dice: Random
) -> Attendance:
    state = dice.choices(STATES, cum_weights=CUMULATED)[0]
    minutes = dice.randrange(20, session.minutes) if state is AttendanceState.LEFT_EARLY else None
    late_by = timedelta(minutes=dice.randrange(5, 20)) if state is AttendanceState.LATE else timedelta()
    return new_line(
        session=session,
        learner=learner,
        state=state.value,
        minutes=minutes,
        how=how,
        happened_at=session.starts_at + late_by,
        recorded_at=recorded_at,
        by=None,
        because=BECAUSE,
        is_demo=True,
    )


def _midnight_after(day) -> datetime:
    return timezone.make_aware(datetime.combine(day + DAY, datetime.min.time()))
