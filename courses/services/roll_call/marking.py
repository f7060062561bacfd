"""Putting down who is there: many at once, each as often as they like, counted once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cms.models import User
from courses.enums import AttendanceState, Duty, RecordedHow, RecordKind, Right, RunMode
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, ClassSession, Learner, acting_membership
from courses.models.private import keyed_hash
from courses.rules.counting import minutes_refusal
from courses.rules.names import name_key
from courses.rules.refusal import Refusal
from courses.rules.roll_call import changed_refusal, reason_refusal, session_refusal, staff_refusal
from courses.services.branches import refuse_unless_may
from courses.services.counting.closed import hold_month
from courses.services.counting.keeping import recounting
from courses.services.roll_call.lines import new_line
from courses.services.roll_call.roll import THERE, last_of, who_put_down
from courses.services.scheduling.locking import lock_session


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is to be put down of one learner. ``happened_at`` None: when it is put down, within the session.

    ``client_id`` is what a device that was off line calls it: sent twice, it is put down once. ``shown`` is the id of
    the last line the screen showed of them, 0 for none: what somebody else put down since is not written over.
    ``kind`` None: as the roll says of them, 培训 where it says nothing; only who says so turns 帮办 into it.
    """

    learner: Learner
    state: str = AttendanceState.PRESENT
    minutes: int | None = None
    how: str = RecordedHow.LIST
    kind: str | None = None
    happened_at: datetime | None = None
    because: str = ""
    client_id: UUID | None = None
    shown: int | None = None
    is_demo: bool = False


# What the roll says of people now: each of their rows may have a line of its own, if they were merged.
Lines = Mapping[int, Sequence[Attendance]]


@transaction.atomic
def mark(*, session: ClassSession, marks: Sequence[Mark], by: User | None, now: datetime) -> list[Attendance]:
    """Put down these people, and return the lines that were added; what the roll says already adds none.

    Who was put down before gets another line that corrects the one before. Totals change in the same transaction.
    ``by`` None: the system itself. Raises NotAllowed, Refused, by row where one person is the reason
    (``state-12``); then nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    was_reported = hold_month(session)
    with recounting(each.learner.pk for each in marks) as people:
        _refuse(session_refusal(state=session.state, starts_at=session.starts_at, now=now))
        # As they are now that they are held: of two rows of one person, the last one asked for counts.
        found = [replace(each, learner=people[each.learner.pk]) for each in marks]
        there = _last_lines(session, found)
        asked = {each.learner.pk: _with_kind(each, there) for each in found}
        wanted = _still_to_say(asked.values(), there)
        _refuse_all(session, wanted, there, is_locked=was_reported)
        lines = list(_lines(session, wanted, there, by=by, now=now))
        return Attendance.objects.bulk_create(lines)


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


def _last_lines(session: ClassSession, wanted: Iterable[Mark]) -> Lines:
    """Return what the roll says of these people, by their ids, whichever of their rows it stands under."""
    there: dict[int, list[Attendance]] = defaultdict(list)
    ids = [each.learner.pk for each in wanted]
    rows = Attendance.objects.last().by_person().filter(session=session, person__in=ids)
    for row in rows.select_related("by").order_by("pk"):
        there[row.person].append(row)
    return there


def _with_kind(wanted: Mark, there: Lines) -> Mark:
    if wanted.kind is not None:
        return wanted
    last = last_of(there.get(wanted.learner.pk, ()))
    # Who was struck out is as if there were no line.
    if last is None or (last.state == AttendanceState.STRUCK and wanted.state != AttendanceState.STRUCK):
        return replace(wanted, kind=RecordKind.TRAINING)
    return replace(wanted, kind=last.kind)


def _still_to_say(wanted: Iterable[Mark], there: Lines) -> list[Mark]:
    """Leave out what the roll says already and what a device sent before."""
    left = [each for each in wanted if not _says_so_already(there.get(each.learner.pk, ()), each)]
    sent = {each.client_id for each in left if each.client_id}
    known = set(Attendance.objects.filter(client_id__in=sent).values_list("client_id", flat=True))
    return [each for each in left if each.client_id not in known]


def _says_so_already(lines: Sequence[Attendance], wanted: Mark) -> bool:
    """True when the roll says the same; who was never there need not be struck out either."""
    last = last_of(lines)
    return _is_same(last, wanted) if last else wanted.state == AttendanceState.STRUCK


def _is_same(line: Attendance, wanted: Mark) -> bool:
    return (line.state, line.minutes, line.kind) == (wanted.state, wanted.minutes, wanted.kind)


def _lines(
    session: ClassSession, wanted: Iterable[Mark], there: Lines, *, by: User | None, now: datetime
) -> Iterator[Attendance]:
    """Yield a line for each of a person's lines that says something else, or their first one."""
    for each in wanted:
        before = [line for line in there.get(each.learner.pk, ()) if not _is_same(line, each)]
        for number, line in enumerate(before or [None]):
            yield new_line(
                session=session,
                learner=each.learner,
                corrects=line,
                kind=each.kind or RecordKind.TRAINING,
                state=each.state,
                minutes=each.minutes,
                how=each.how,
                happened_at=each.happened_at or _when(session, line, now),
                recorded_at=now,
                by=by,
                because=each.because,
                client_id=None if number else each.client_id,
                is_demo=each.is_demo,
            )


def _when(session: ClassSession, before: Attendance | None, now: datetime) -> datetime:
    """Return when it happened where nobody says: within the session. What is put right of a recorded one stays."""
    if before is not None and session.mode == RunMode.RECORDED:
        return before.happened_at
    return min(max(now, session.starts_at), session.ends_at)


def _refuse_all(session: ClassSession, wanted: Sequence[Mark], there: Lines, *, is_locked: bool) -> None:
    """Raise Refused, the first time something is wrong; of people, all of them at once."""
    rows: dict[str, Refusal] = {}
    staff = _staff_keys(session)
    for each in wanted:
        _refuse(reason_refusal(is_locked=is_locked, because=each.because))
        pk, name = each.learner.pk, each.learner.name
        last = last_of(there.get(pk, ()))
        if each.shown is not None and last is not None and last.pk != each.shown:
            rows[f"state-{pk}"] = changed_refusal(name=name, **who_put_down(last))
        elif each.state in THERE and (each.learner.phone_key, each.learner.name_key) in staff:
            rows[f"state-{pk}"] = staff_refusal(name=name)
        elif refusal := minutes_refusal(each.state, each.minutes, length=session.minutes):
            rows[f"minutes-{pk}"] = refusal
    if rows:
        first = next(iter(rows.values()))
        raise Refused(first.code, first.message, fields={row: each.message for row, each in rows.items()})


def _staff_keys(session: ClassSession) -> set[tuple[str, str]]:
    """Return by what the session's own teacher and helpers are known: they never count, however old (R5)."""
    staff = [person for person in (session.teacher, *session.helpers.all()) if person]
    return {(keyed_hash("phone", each.whole_phone()), name_key(each.name)) for each in staff if each.phone}


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        fields = {refusal.field: refusal.message} if refusal.field else None
        raise Refused(refusal.code, refusal.message, fields=fields)
