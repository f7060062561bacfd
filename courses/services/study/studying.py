"""Going through a recorded session step by step; who has done enough is put down as there, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import transaction

from courses.enums import EnrolmentState, RecordedHow, RecordKind, RunMode
from courses.errors import Refused
from courses.models import ClassSession, CourseRun, Enrolment, Learner, StudyProgress
from courses.rules.refusal import Refusal
from courses.rules.study import has_studied, steps_missing, study_refusal
from courses.services.roll_call.lines import thresholds
from courses.services.roll_call.marking import Mark, mark
from courses.services.scheduling.locking import lock_session
from courses.services.study.path import Item, Part, path_of
from courses.services.study.windows import over_at

# Why, as the line of the roll says; a month that is locked by then wants to know.
WHY = "自己学完了录播课"
NO_SEAT = "这张凭证现在没有座位，学了记不上。请打电话问一问。"


@dataclass(frozen=True)
class Study:
    """How far somebody is in a recorded session."""

    session: ClassSession
    path: Sequence[Item]
    done: frozenset[str]
    completed_at: datetime | None

    def is_done(self, item: Item) -> bool:
        return item.key in self.done

    @cached_property
    def steps(self) -> list[Item]:
        return [item for item in self.path if item.part is Part.STEP]

    @cached_property
    def practice(self) -> list[Item]:
        """What is to be practised: the questions."""
        return [item for item in self.path if item.part is not Part.STEP]

    @property
    def steps_done(self) -> int:
        return sum(self.is_done(item) for item in self.steps)

    @property
    def practice_done(self) -> int:
        return sum(self.is_done(item) for item in self.practice)

    @property
    def steps_missing(self) -> int:
        """How many more steps it takes."""
        return steps_missing(steps_done=self.steps_done, steps=len(self.steps), thresholds=thresholds())

    @property
    def is_enough(self) -> bool:
        return has_studied(
            steps_done=self.steps_done,
            steps=len(self.steps),
            has_practised=self.practice_done == len(self.practice),
            thresholds=thresholds(),
        )

    @property
    def first_left(self) -> int:
        """The place of the first thing not done yet, from 1; behind the last one when there is none."""
        left = (place for place, item in enumerate(self.path, start=1) if not self.is_done(item))
        return next(left, len(self.path) + 1)


def study_of(*, enrolment: Enrolment, number: int, now: datetime) -> Study | None:
    """Return how far the person behind an enrolment is in the session of this number; None where it is not recorded.

    Raises Refused where it cannot be studied now. Reading changes nothing.
    """
    session = _session(enrolment, number)
    if session is None:
        return None
    path = path_of(session)
    _refuse(_refusal(enrolment.run, session, path, enrolment.state, now))
    learner = Learner.canonical_of(enrolment.learner_id)
    row = StudyProgress.objects.filter(session=session, learner=learner).first()
    return _study(session, path, row)


@transaction.atomic
def do_one(*, enrolment: Enrolment, number: int, place: int, now: datetime) -> Study | None:
    """Put down that the thing at this place of the path (from 1) was done; return how far the person is now.

    With enough done they are put down as there, at this moment, and never again. None where there is no such session.
    Raises Refused; then nothing is put down.
    """
    session = _session(enrolment, number)
    if session is None:
        return None
    # Two tabs wait for each other here; and nobody cancels in between.
    lock_session(session)
    run = CourseRun.objects.get(pk=enrolment.run_id)
    path, state = path_of(session), Enrolment.objects.values_list("state", flat=True).get(pk=enrolment.pk)
    _refuse(_refusal(run, session, path, state, now))
    learner = Learner.canonical_of(enrolment.learner_id)
    row, _ = StudyProgress.objects.get_or_create(session=session, learner=learner)
    if 1 <= place <= len(path) and path[place - 1].key not in row.done:
        row.done = [*row.done, path[place - 1].key]
    study = _study(session, path, row)
    if row.completed_at is None and study.is_enough:
        row.completed_at = now
        asked = Mark(
            learner=learner,
            how=RecordedHow.ONLINE,
            kind=RecordKind.TRAINING,
            happened_at=now,
            because=WHY,
        )
        mark(session=session, marks=[asked], by=None, now=now)
    row.save()
    return _study(session, path, row)


def take_over(*, keep: Learner, drop: Learner) -> None:
    """Let ``keep`` go on where ``drop`` stopped, in sessions that ``keep`` has not begun."""
    begun = StudyProgress.objects.filter(learner=keep).values("session")
    StudyProgress.objects.filter(learner=drop).exclude(session__in=begun).update(learner=keep)


def _session(enrolment: Enrolment, number: int) -> ClassSession | None:
    rows = ClassSession.objects.filter(run=enrolment.run_id, number=number, mode=RunMode.RECORDED)
    return rows.select_related("run__organiser__area", "teacher").prefetch_related("lessons").first()


def _refusal(
    run: CourseRun, session: ClassSession, path: Sequence[Item], state: str, now: datetime
) -> Refusal | None:
    if state != EnrolmentState.CONFIRMED:
        return Refusal("no-seat", NO_SEAT)
    return study_refusal(
        state=session.state,
        is_class_cancelled=run.cancelled_at is not None,
        opens=session.starts_at,
        closes=over_at(session, among=run.sessions.all()),
        has_lessons=any(item.part is Part.STEP for item in path),
        now=now,
    )


def _study(session: ClassSession, path: Sequence[Item], row: StudyProgress | None) -> Study:
    done = frozenset(row.done) if row else frozenset()
    return Study(session, path, done, row.completed_at if row else None)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal.code, refusal.message)
