"""The roll of a session: who is expected, who came, and who sits in although nobody expected them."""

from dataclasses import dataclass

from courses.enums import AttendanceState, EnrolmentState
from courses.models import Attendance, ClassSession, Enrolment, Learner

THERE = (AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY)


@dataclass(frozen=True)
class RollLine:
    """Somebody on the roll; ``line`` is what it says of them, None for nothing yet.

    ``is_guest``: not enrolled in this class, such as a walk-in or somebody of another class (插班).
    """

    learner: Learner
    line: Attendance | None
    is_guest: bool

    @property
    def state(self) -> str:
        """What the roll says, "" for nothing yet."""
        return self.line.state if self.line else ""

    @property
    def is_there(self) -> bool:
        return self.state in THERE


def roll_of(session: ClassSession) -> list[RollLine]:
    """Return everybody on the roll, those enrolled first, by name. Two queries."""
    lines = {row.learner_id: row for row in _lines(session)}
    enrolled = Enrolment.objects.filter(run=session.run_id, state=EnrolmentState.CONFIRMED)
    expected = [
        each.learner for each in enrolled.select_related("learner").order_by("learner__name_key", "pk")
    ]
    known = {learner.pk for learner in expected}
    guests = [
        row for row in lines.values() if row.learner_id not in known and row.state != AttendanceState.STRUCK
    ]
    return [
        *(RollLine(learner, lines.get(learner.pk), is_guest=False) for learner in expected),
        *(RollLine(row.learner, row, is_guest=True) for row in sorted(guests, key=lambda row: row.pk)),
    ]


def _lines(session: ClassSession):
    return Attendance.objects.last().filter(session=session).select_related("learner", "by")
