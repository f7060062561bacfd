"""The recorded sessions of somebody's class, as their own page lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, nonmember

from django.db.models import prefetch_related_objects
from django.utils import timezone

from courses.enums import EnrolmentState, RunMode, SessionState
from courses.models import ClassSession, Enrolment, Learner, StudyProgress
from courses.services.study.windows import over_at


class Standing(StrEnum):
    """Whether one can study it now, and how far one is."""

    # Templates name members; they would call the class first.
    do_not_call_in_templates = nonmember(True)

    LATER = "later"
    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
    CLOSED = "closed"
    # Its window is open, but no lesson has been put into it yet.
    EMPTY = "empty"


@dataclass(frozen=True)
class Recorded:
    """A recorded session: ``last_day`` is the last on which it can be studied; ``is_open``: it can be now."""

    session: ClassSession
    standing: Standing
    last_day: datetime
    is_open: bool

    @property
    def title(self) -> str:
        """What is taught, where that is said."""
        return "、".join(lesson.title for lesson in self.session.lessons.all() if lesson.live)

    @property
    def opens(self) -> datetime:
        return timezone.localtime(self.session.starts_at)


def recorded_of(enrolment: Enrolment, sessions: Iterable[ClassSession], *, now: datetime) -> list[Recorded]:
    """Return the recorded sessions of the class for somebody who has a seat, in order; three queries at most."""
    everything = list(sessions)
    rows = [each for each in everything if _is_listed(each)]
    if not rows or enrolment.state != EnrolmentState.CONFIRMED or enrolment.run.cancelled_at:
        return []
    prefetch_related_objects(rows, "lessons")
    learner = Learner.canonical_of(enrolment.learner_id)
    known = {row.session_id: row for row in StudyProgress.objects.filter(session__in=rows, learner=learner)}
    return [_recorded(each, known.get(each.pk), over_at(each, among=everything), now) for each in rows]


def _is_listed(session: ClassSession) -> bool:
    return session.mode == RunMode.RECORDED and session.state == SessionState.PLANNED


def _recorded(session: ClassSession, row: StudyProgress | None, closes: datetime, now: datetime) -> Recorded:
    last = timezone.localtime(closes - timedelta(minutes=1))
    window = _window(session, closes, now)
    return Recorded(session, _standing(window, row), last, is_open=window is Standing.OPEN)


def _window(session: ClassSession, closes: datetime, now: datetime) -> Standing:
    """Return whether anybody can study it now."""
    if now < session.starts_at:
        return Standing.LATER
    if now >= closes:
        return Standing.CLOSED
    # Counted as they are written: drawing the steps that lessons share would ask once for each lesson.
    has_steps = any(lesson.live and len(lesson.steps) for lesson in session.lessons.all())
    return Standing.OPEN if has_steps else Standing.EMPTY


def _standing(window: Standing, row: StudyProgress | None) -> Standing:
    if row and row.completed_at:
        return Standing.DONE
    return Standing.BEGUN if window is Standing.OPEN and row and row.done else window
