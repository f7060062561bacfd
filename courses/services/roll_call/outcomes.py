"""学会了没有: what is said of each person and lesson at the end of the roll call, and when they are asked later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import Mastery, RecordKind
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Outcome
from courses.rules.roll_call import session_refusal
from courses.services.roll_call.marking import refuse_unless_may_call
from courses.services.roll_call.roll import THERE
from courses.services.scheduling.locking import lock_session

AT_THE_END = 0


@dataclass(frozen=True)
class Taught:
    """A lesson somebody is asked about; without a code where the session names none, only its scenario."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of one learner, by the row that counts, and one lesson of the session."""

    learner_id: int
    lesson_code: str
    mastery: str


def taught_in(session: ClassSession) -> list[Taught]:
    """Return what a session taught, one entry at least. One query."""
    lessons = [Taught(lesson.code, lesson.title) for lesson in session.lessons.all()]
    return lessons or [Taught("", session.get_main_scenario_display())]


def outcomes_of(session: ClassSession) -> dict[tuple[int, str], str]:
    """Return what was said at the end, by the learner that counts and lesson. One query."""
    rows = Outcome.objects.standing().by_person().filter(session=session, after_days=AT_THE_END)
    # Of two rows that were merged, what was said last.
    answers = rows.order_by("pk").values_list("person", "lesson_code", "mastery")
    return {(person, code): said for person, code, said in answers}


@transaction.atomic
def say_outcomes(*, session: ClassSession, said: Sequence[Said], by: User, now: datetime) -> int:
    """Put down how these people left the lessons; return how many were added. What is said already adds none.

    Raises NotAllowed; Refused for a session that is not held, and for who was not there. Then nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    refusal = session_refusal(state=session.state, starts_at=session.starts_at, now=now)
    if refusal is not None:
        raise Refused(refusal.code, refusal.message)
    _refuse_who_was_away(session, said)
    _refuse_what_was_not_taught(session, said)
    before = outcomes_of(session)
    new = [each for each in said if before.get((each.learner_id, each.lesson_code)) != each.mastery]
    rows = [
        Outcome(
            session=session,
            learner_id=each.learner_id,
            lesson_code=each.lesson_code,
            mastery=Mastery(each.mastery),
            at=now,
            by=by,
        )
        for each in new
    ]
    return len(Outcome.objects.bulk_create(rows))


def _refuse_who_was_away(session: ClassSession, said: Sequence[Said]) -> None:
    training = Attendance.objects.last().by_person().filter(kind=RecordKind.TRAINING)
    lines = training.filter(session=session, state__in=THERE)
    if {each.learner_id for each in said} - set(lines.values_list("person", flat=True)):
        raise Refused("not-there", "有一位没有记“到了”。先点名，再记学会了没有。")


def _refuse_what_was_not_taught(session: ClassSession, said: Sequence[Said]) -> None:
    if {each.lesson_code for each in said} - {lesson.code for lesson in taught_in(session)}:
        raise Refused("other-lesson", "这次课讲的课刚才换过了。请再看一遍，再记。")
