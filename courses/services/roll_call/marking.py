"""Putting down who is there: many at once, each as often as they like, counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cms.models import User
from courses.enums import AreaKind, AttendanceState, Duty, RecordedHow, RecordKind, Right
from courses.errors import NotAllowed, Refused
from courses.models import (
    Attendance,
    ClassSession,
    Learner,
    MonthLock,
    acting_membership,
)
from courses.models.private import keyed_hash
from courses.rules.counting import first_of_month, minutes_refusal
from courses.rules.names import name_key
from courses.rules.refusal import Refusal
from courses.rules.roll_call import STAFF_REFUSAL, reason_refusal, session_refusal
from courses.services.branches import refuse_unless_may
from courses.services.counting.keeping import recounting
from courses.services.roll_call.lines import new_line
from courses.services.scheduling.locking import lock_session


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is to be put down of one learner. ``happened_at`` None: when it is put down, within the session.

    ``client_id`` is what a device that was off line calls it: sent twice, it is put down once.
    """

    learner: Learner
    state: str = AttendanceState.PRESENT
    minutes: int | None = None
    how: str = RecordedHow.LIST
    kind: str = RecordKind.TRAINING
    happened_at: datetime | None = None
    because: str = ""
    client_id: UUID | None = None
    is_demo: bool = False


@transaction.atomic
def mark(*, session: ClassSession, marks: Sequence[Mark], by: User | None, now: datetime) -> list[Attendance]:
    """Put down these people, and return the lines that were added; what the roll says already adds none.

    Who was put down before gets another line that corrects the one before. Totals change in the same transaction.
    ``by`` None: the system itself. Raises NotAllowed, Refused; then nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    wanted = list({each.learner.pk: each for each in marks}.values())
    lock_session(session)
    with recounting(each.learner.pk for each in wanted):
        _refuse(session_refusal(state=session.state, starts_at=session.starts_at, now=now))
        is_locked = month_is_locked(session)
        for each in wanted:
            _refuse(reason_refusal(is_locked=is_locked, because=each.because))
            _refuse(minutes_refusal(each.state, each.minutes, length=session.minutes))
        _refuse_staff(session, wanted)
        return _put_down(session, wanted, by=by, now=now)


def refuse_unless_may_call(session: ClassSession, *, by: User | None) -> None:
    """Raise NotAllowed unless ``by`` may call this roll: staff in their branch, teachers where they teach."""
    refuse_unless_may(Right.CALL_ROLL, by=by, organisation=session.run.organiser)
    if by is not None and not may_call(session, by=by):
        raise NotAllowed("这次课不是您教的，不能点名。请老师自己，或者教务来点。")


def may_call(session: ClassSession, *, by: User) -> bool:
    """True for staff, and for a teacher where they teach or help; right and branch are asked apart."""
    if acting_membership(by).duty != Duty.TEACHER:
        return True
    teaches = session.teacher is not None and session.teacher.user_id == by.pk
    return teaches or session.helpers.filter(user=by).exists()


def month_is_locked(session: ClassSession) -> bool:
    """True when the district has reported the month this session was held in."""
    area = session.run.organiser.area
    district = area.pk if area.kind == AreaKind.DISTRICT else area.parent_id
    return MonthLock.objects.filter(district_id=district, month=first_of_month(session.on)).exists()


def _put_down(
    session: ClassSession, wanted: Sequence[Mark], *, by: User | None, now: datetime
) -> list[Attendance]:
    there = _last_lines(session, wanted)
    sent = {each.client_id for each in wanted if each.client_id}
    known = set(Attendance.objects.filter(client_id__in=sent).values_list("client_id", flat=True))
    lines = [
        _line(session, each, there.get(each.learner.pk), by=by, now=now)
        for each in wanted
        if each.client_id not in known and not _says_so_already(there.get(each.learner.pk), each)
    ]
    return Attendance.objects.bulk_create(lines)


def _last_lines(session: ClassSession, wanted: Iterable[Mark]) -> dict[int, Attendance]:
    ids = [each.learner.pk for each in wanted]
    return {
        row.learner_id: row for row in Attendance.objects.last().filter(session=session, learner_id__in=ids)
    }


def _says_so_already(line: Attendance | None, wanted: Mark) -> bool:
    """True when the roll says the same; who was never there need not be struck out either."""
    if line is None:
        return wanted.state == AttendanceState.STRUCK
    return (line.state, line.minutes, line.kind) == (wanted.state, wanted.minutes, wanted.kind)


def _line(
    session: ClassSession, wanted: Mark, before: Attendance | None, *, by: User | None, now: datetime
) -> Attendance:
    return new_line(
        session=session,
        learner=wanted.learner,
        corrects=before,
        kind=wanted.kind,
        state=wanted.state,
        minutes=wanted.minutes,
        how=wanted.how,
        happened_at=wanted.happened_at or min(max(now, session.starts_at), session.ends_at),
        recorded_at=now,
        by=by,
        because=wanted.because,
        client_id=wanted.client_id,
        is_demo=wanted.is_demo,
    )


def _refuse_staff(session: ClassSession, wanted: Iterable[Mark]) -> None:
    """Raise Refused when somebody is the session's own teacher or helper: they never count, however old (R5)."""
    staff = [person for person in (session.teacher, *session.helpers.all()) if person]
    known = {(keyed_hash("phone", each.whole_phone()), name_key(each.name)) for each in staff if each.phone}
    if known & {(each.learner.phone_key, each.learner.name_key) for each in wanted}:
        _refuse(STAFF_REFUSAL)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        fields = {refusal.field: refusal.message} if refusal.field else None
        raise Refused(refusal.code, refusal.message, fields=fields)
