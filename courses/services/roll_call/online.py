"""Putting down how long people were in a live session on line; the rules say whether that is enough."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import AttendanceState, RecordedHow, RecordKind, RunMode
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Learner
from courses.rules.counting import online_state
from courses.rules.online import NOT_LIVE, changes_the_roll
from courses.services.roll_call.lines import thresholds
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.roll_call.roll import roll_of
from courses.services.scheduling.locking import lock_session


@transaction.atomic
def put_down_minutes(
    *,
    session: ClassSession,
    minutes: Mapping[Learner, int],
    shown: Mapping[int, int] | None = None,
    because: str = "",
    by: User | None,
    now: datetime,
) -> list[Attendance]:
    """Put down how many minutes each of these was on line; return the lines that were added.

    Who was there on site stays so (R2). The same figures again add nothing. ``shown`` are the lines a screen was drawn
    from, by the ids of learners: what somebody else put down since is refused. Raises NotAllowed, Refused; then
    nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    if not RunMode(session.mode).is_joined_live:
        raise Refused(NOT_LIVE.code, NOT_LIVE.message)
    # What the roll says must not change between looking and putting down.
    lock_session(session)
    said = {each.learner.pk: each.line for each in roll_of(session)}
    marks = [
        _mark(session, learner, many, because, (shown or {}).get(learner.pk))
        for learner, many in minutes.items()
        if _is_put_down(session, said.get(learner.pk), many)
    ]
    return mark(session=session, marks=marks, by=by, now=now) if marks else []


def state_after(session: ClassSession, minutes: int) -> AttendanceState:
    """Return what so many minutes on line are in this session."""
    return online_state(minutes=minutes, length=session.minutes, thresholds=thresholds())


def is_left_alone(session: ClassSession, line: Attendance | None, minutes: int) -> bool:
    """True where the roll says something that so many minutes on line do not change: somebody sat in the room."""
    return line is not None and not _is_put_down(session, line, minutes)


def _is_put_down(session: ClassSession, line: Attendance | None, minutes: int) -> bool:
    if line is None:
        return True
    after = state_after(session, minutes)
    # Who only asked about one thing came to class if they were on line for long enough; else nothing is new.
    if line.kind == RecordKind.ASSISTANCE:
        return after == AttendanceState.PRESENT
    return changes_the_roll(how=line.how, before=line.state, after=after)


def _mark(session: ClassSession, learner: Learner, minutes: int, because: str, shown: int | None) -> Mark:
    return Mark(
        learner=learner,
        state=state_after(session, minutes),
        minutes=minutes,
        how=RecordedHow.ONLINE,
        kind=RecordKind.TRAINING,
        because=because,
        shown=shown,
    )
