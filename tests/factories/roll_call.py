"""Sessions that are held, and who is put down in them, through the services."""

from datetime import datetime, timedelta

from courses.enums import AttendanceState
from courses.models import Attendance, ClassSession, Learner
from courses.services.roll_call.marking import Mark, mark
from tests.factories.classes import a_learner
from tests.factories.timetable import a_run


def a_held_session(*plans, **details) -> ClassSession:
    """Make a session of a class of its own; it counts as held unless somebody says otherwise."""
    return a_run(*plans, **details).sessions.order_by("starts_at").first()


def put_down(
    session: ClassSession,
    *learners: Learner,
    state: str = AttendanceState.PRESENT,
    now: datetime | None = None,
    by=None,
    **how,
) -> list[Attendance]:
    """Put these people down in a session, half an hour into it."""
    marks = [Mark(learner=each, state=state, **how) for each in learners]
    return mark(session=session, marks=marks, by=by, now=now or session.starts_at + timedelta(minutes=30))


def seniors(session: ClassSession, many: int, *, born: int = 1950, start: int = 1) -> list[Learner]:
    """Make so many learners whom the session's organiser knows."""
    organiser = session.run.organiser
    return [
        a_learner(
            organiser, f"学员{chr(0x4E00 + start + number)}", phone=f"137{start + number:08}", birth_year=born
        )
        for number in range(many)
    ]
