"""What happens to demo classes: published or still a draft, cancelled, made up for, taught by somebody else."""

from datetime import datetime, timedelta

from courses.enums import RunKind, SessionChangeKind, SessionState
from courses.models import SessionChange
from courses.services.demo.planning import DemoRun, Meeting

DAY = timedelta(days=1)
# Every so many-th class, and which of them.
DRAFTS, DRAFTED = 16, 11
CALLED_OFF, CALLED = 33, 7
MISSED, MISSES = 7, 3
MADE_UP = 2 * MISSED
SOON = 3
# Every so many-th term class takes people who join midway.
MIDWAY = 2
REASONS = ("台风", "停电", "老师生病", "教室漏水")
TOO_FEW = "报名的人太少"
MISSED_MEETING = 2


def happened(demo: DemoRun, now: datetime) -> None:
    """Let happen to a class what its number says."""
    run, wish, first = demo.run, demo.wish, demo.meetings[0].session.starts_at
    is_to_come = first > now
    if is_to_come and wish.number % DRAFTS == DRAFTED:
        return
    run.published_at = min(now - 2 * DAY, first - 30 * DAY)
    if wish.is_plain:
        return
    _tell_substitutes(demo, now)
    if wish.kind is RunKind.SERIES and wish.number % CALLED_OFF == CALLED:
        run.cancelled_at, run.cancelled_because = min(now - DAY, first - 3 * DAY), TOO_FEW
        for meeting in demo.meetings:
            _cancel(meeting, TOO_FEW)
    elif wish.number % MISSED == MISSES and len(demo.meetings) > MISSED_MEETING:
        _miss(demo, now)
    elif is_to_come and wish.number % SOON == 0:
        run.enrol_from = min(now + 2 * DAY, first - timedelta(hours=1))
    if wish.kind is RunKind.SERIES and wish.number % MIDWAY == 0:
        run.enrol_until = demo.meetings[-2].session.starts_at


def _miss(demo: DemoRun, now: datetime) -> None:
    """One meeting falls out; in half of the classes it is made up for after the last one."""
    missed = demo.meetings[MISSED_MEETING]
    reason = REASONS[demo.wish.number // MISSED % len(REASONS)]
    _cancel(missed, reason)
    missed.changes.append(_change(missed, SessionChangeKind.CANCELLED, now, because=reason))
    if demo.spare and demo.wish.number % MADE_UP == MISSES:
        demo.spare.session.make_up_of = missed.session
        demo.meetings.append(demo.spare)
        missed.changes.append(_change(missed, SessionChangeKind.MADE_UP, now, because="补在最后一次的后面"))


def _tell_substitutes(demo: DemoRun, now: datetime) -> None:
    usual = demo.meetings[0].session.teacher
    for meeting in demo.meetings:
        if meeting.session.teacher_id != (usual.pk if usual else None):
            meeting.changes.append(
                _change(meeting, SessionChangeKind.TEACHER, now, because="老师有事", before=usual.name)
            )


def _cancel(meeting: Meeting, because: str) -> None:
    meeting.session.state, meeting.session.cancelled_because = SessionState.CANCELLED, because


def _change(meeting: Meeting, kind: str, now: datetime, *, because: str, before: str = "") -> SessionChange:
    at = min(now, meeting.session.starts_at - DAY)
    return SessionChange(session=meeting.session, kind=kind, at=at, because=because, before=before)
