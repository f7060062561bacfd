"""One line of the roll as the rules say it: whoever puts down, puts right or imports builds it here."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from cms.models import User
from courses.enums import RecordKind
from courses.models import Attendance, ClassSession, Learner
from courses.rules.counting import Thresholds, counts
from courses.rules.learners import is_senior

LONGEST = 100


def new_line(
    *,
    session: ClassSession,
    learner: Learner,
    state: str,
    how: str,
    happened_at: datetime,
    recorded_at: datetime,
    by: User | None,
    minutes: int | None = None,
    kind: str = RecordKind.TRAINING,
    corrects: Attendance | None = None,
    because: str = "",
    client_id: UUID | None = None,
    is_demo: bool = False,
) -> Attendance:
    """Return a line that is not saved yet, proven, with whether it counts; it asks the database nothing.

    ``learner`` is the person whose birth year decides. A line that ``corrects`` another stands under that one's row,
    which may be merged into the learner's by now. ``minutes`` is how long they were there. Source: design.md §5.
    """
    senior = is_senior(birth_year=learner.birth_year, says_senior=learner.says_senior, year=session.on.year)
    line = Attendance(
        session=session,
        learner_id=corrects.learner_id if corrects else learner.pk,
        corrects=corrects,
        kind=kind,
        state=state,
        minutes=minutes,
        is_senior=senior,
        is_self_declared=senior and learner.birth_year is None,
        counts=counts(
            kind=kind,
            state=state,
            minutes=minutes,
            length=session.minutes,
            is_senior=senior,
            thresholds=thresholds(),
        ),
        how=how,
        happened_at=happened_at,
        recorded_at=recorded_at,
        by=by,
        because=because.strip()[:LONGEST],
        client_id=client_id,
        is_demo=is_demo,
    )
    line.proof = line.proven()
    return line


def thresholds() -> Thresholds:
    """Return from how much on something counts, as this place has set it."""
    return Thresholds(**settings.COUNTING)
