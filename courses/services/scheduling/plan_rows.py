"""One row of an imported plan → a class with its sessions, or every reason why not, each at its column."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from courses.enums import RunKind
from courses.models import CourseRun, LessonPage, Room, Term, Venue
from courses.rules.series import moments
from courses.rules.sheets.plan import LABELS
from courses.rules.sheets.tables import Row
from courses.rules.sheets.unclear import Unclear
from courses.services.scheduling.plan_names import AtHand
from courses.services.scheduling.plan_reader import RowReader
from courses.services.scheduling.plan_times import times_of
from courses.services.scheduling.plans import SessionPlan
from courses.services.scheduling.runs import RunDetails


class Outcome(Enum):
    """What will happen to a row."""

    NEW = "会新建"
    THERE = "已经有了"
    CANNOT = "建不了"


@dataclass
class PlannedRow:
    """A row with what came of it. ``where`` names it to people; problems and warnings are whole sentences."""

    where: str
    title: str
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    details: RunDetails | None = None
    sessions: list[SessionPlan] = field(default_factory=list)
    existing: CourseRun | None = None

    @property
    def outcome(self) -> Outcome:
        if self.existing:
            return Outcome.THERE
        return Outcome.CANNOT if self.problems or self.details is None else Outcome.NEW

    @property
    def key(self) -> str:
        """What makes it this class and no other: organiser, title, first session, and where it is held."""
        if self.details is None or not self.sessions:
            return ""
        first = self.sessions[0]
        return identity(self.details, first.starts_at.isoformat(), first.venue, first.room)

    def add(self, column: str, unclear: Unclear) -> None:
        """Put down why it cannot be: row, column, what is wrong, how to mend it."""
        self.problems.append(f"{self.where}“{LABELS[column]}”：{unclear}")


def identity(run: RunDetails | CourseRun, starts: str, venue: Venue | None, room: Room | None) -> str:
    """Return what a class is known by: the same for a row and for the class that was made of it."""
    parts = [run.organiser.pk, run.title, starts, venue.pk if venue else 0, room.pk if room else 0, run.link]
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def planned_row(row: Row, *, where: str, term: Term, at_hand: AtHand) -> PlannedRow:
    """Return what a row says. All its problems are found at once, so that a file is mended once."""
    planned = PlannedRow(where, row.text("title"))
    reader = RowReader(row, at_hand, term)
    details, one, lessons = reader.read()
    times = times_of(row, term, reader.problems)
    planned.warnings = [*reader.warnings, *(times.warnings if times else [])]
    for column, unclear in reader.problems.items():
        planned.add(column, unclear)
    if planned.problems or times is None:
        return planned
    kind = RunKind.SINGLE if len(times.days) == 1 else RunKind.SERIES
    planned.details = RunDetails(kind=kind, term=term, **details)
    spans = [moments(times.rule, on) for on in times.days]
    planned.sessions = [
        SessionPlan(starts_at=starts, ends_at=ends, lessons=taught, **one)
        for (starts, ends), taught in zip(spans, spread(lessons, len(spans)), strict=True)
    ]
    planned.warnings += [*_about_lessons(lessons, len(spans)), *_about_enrolment(planned)]
    return planned


def spread(lessons: Sequence[LessonPage], times: int) -> list[Sequence[LessonPage]]:
    """Return which lessons each of so many sessions teaches: in order, as evenly as can be."""
    many = len(lessons)
    firsts = [place * many // times for place in range(times + 1)]
    return [lessons[first : max(after, first + 1)] for first, after in pairwise(firsts)]


def _about_lessons(lessons: Sequence[LessonPage], times: int) -> list[str]:
    if len(lessons) in {0, 1, times}:
        return []
    return [f"写了 {len(lessons)} 课，上 {times} 次：按写的次序分到每一次。"]


def _about_enrolment(planned: PlannedRow) -> list[str]:
    """Return what may be mistyped of when one can enrol: it may be so, but seldom is meant."""
    details, first, last = planned.details, planned.sessions[0], planned.sessions[-1]
    if details is None:
        return []
    told = []
    if details.enrol_from and details.enrol_from >= first.starts_at:
        told.append("报名开始的时候，第一次课已经上了。请看看日子写对没有。")
    if details.enrol_until and details.enrol_until > last.ends_at:
        told.append("报名截止比最后一次课还晚。请看看日子写对没有。")
    return told
