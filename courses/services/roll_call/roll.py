"""The roll of a session: who is expected, who came, and who sits in although nobody expected them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from courses.enums import AttendanceState, EnrolmentState, RecordedHow, RecordKind
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
    def version(self) -> int:
        """What a screen gives back, so that nothing put down meanwhile is written over; 0 for nothing yet."""
        return self.line.pk if self.line else 0

    @property
    def is_there(self) -> bool:
        return self.state in THERE

    @property
    def is_assistance(self) -> bool:
        """帮办: they asked about one thing, and did not come to class (R6)."""
        is_so = self.line is not None and self.line.kind == RecordKind.ASSISTANCE
        return is_so and self.state != AttendanceState.STRUCK

    @property
    def is_in_class(self) -> bool:
        return self.is_there and not self.is_assistance

    @property
    def note(self) -> str:
        """What is worth knowing of the line: put down on a later day (补录), or put right, by whom and why."""
        if self.line is None or not (self.line.is_late_entry or self.line.corrects_id):
            return ""
        what = "补录" if self.line.is_late_entry else "改过"
        at = f"{timezone.localtime(self.line.recorded_at):%Y-%m-%d %H:%M}"
        return "，".join(filter(None, [what, who_put_down(self.line)["who"], at, self.line.because]))


def roll_of(session: ClassSession) -> list[RollLine]:
    """Return everybody on the roll once, those enrolled first, by name. Two queries.

    Rows that were merged are one person: the one they count as.
    """
    lines = _lines(session)
    enrolled = Enrolment.objects.filter(run=session.run_id, state=EnrolmentState.CONFIRMED)
    rows = enrolled.select_related("learner__merged_into").order_by("learner__name_key", "pk")
    expected = {person.pk: person for each in rows if (person := _person(each.learner))}
    guests = [row for pk, row in lines.items() if pk not in expected and row.state != AttendanceState.STRUCK]
    return [
        *(RollLine(person, lines.get(pk), is_guest=False) for pk, person in expected.items()),
        *(
            RollLine(_person(row.learner), row, is_guest=True)
            for row in sorted(guests, key=lambda row: row.pk)
        ),
    ]


def last_of(lines: Sequence[Attendance]) -> Attendance | None:
    """Return which of a person's last lines the roll shows: of two rows that were merged, the one that was there.

    Who came to class as well as with a question came to class.
    """
    return max(lines, key=_weight, default=None)


def _weight(line: Attendance) -> tuple[bool, bool, int]:
    return line.state in THERE, line.kind == RecordKind.TRAINING, line.pk


def who_put_down(line: Attendance) -> dict[str, str]:
    """Return who put a line down, when, and what it says, as a refusal names it."""
    itself = "学员自己扫码" if line.how == RecordedHow.QR else "系统"
    return {
        "who": line.by.called if line.by else itself,
        "at": f"{timezone.localtime(line.recorded_at):%H:%M}",
        "state": line.get_state_display(),
    }


def shown_lines(session: ClassSession, ids: Iterable[int]) -> dict[int, Attendance]:
    """Return lines of this session, also those that were corrected since, by their ids."""
    return Attendance.objects.filter(session=session).in_bulk(list(ids))


def _lines(session: ClassSession) -> dict[int, Attendance]:
    found: dict[int, list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.last().filter(session=session).select_related("learner__merged_into", "by")
    for row in rows:
        row.session = session
        found[_person(row.learner).pk].append(row)
    return {pk: last for pk, lines in found.items() if (last := last_of(lines))}


def _person(learner: Learner) -> Learner:
    return learner.merged_into or learner
