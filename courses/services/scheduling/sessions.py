"""What happens to planned sessions: moved, cancelled, restored, made up for, taught by somebody else."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import MessageKind, Right, SessionChangeKind, SessionState
from courses.errors import Refused
from courses.models import Attendance, ClassSession, CourseRun, SessionChange, TeachingPerson
from courses.rules.capacity import capacity_refusal
from courses.services.branches import refuse_unless_may
from courses.services.counting.closed import hold_districts
from courses.services.counting.keeping import recounting
from courses.services.messages.outbox import tell_of_session
from courses.services.roll_call.restating import put_right_session
from courses.services.scheduling.holding import said_of
from courses.services.scheduling.limits import dated_limits, session_limit
from courses.services.scheduling.locking import lock_run, lock_runs, lock_session, lock_sessions
from courses.services.scheduling.plans import SessionPlan, check, plan_of
from courses.services.scheduling.runs import save_sessions
from courses.services.waiting_list import refill

MOVED = ("starts_at", "ends_at", "mode", "venue", "room", "teacher")


@transaction.atomic
def move_session(*, session: ClassSession, because: str, by: User | None, **to) -> ClassSession:
    """Give a session another time or place: ``to`` are fields of SessionPlan.

    A stricter day or a smaller room is refused when too many have a seat. Raises NotAllowed, Clashing, Refused.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=session.run.organiser)
    with _held(session) as runs:
        run = runs[session.run_id]
        _refuse_cancelled(session)
        _need_reason(because)
        plan = replace(plan_of(session), **to)
        check([plan], besides=[session.pk])
        _refuse_too_many(plan, run)
        before, was_at = said_of(session), session.starts_at
        for name in MOVED:
            setattr(session, name, getattr(plan, name))
        session.save(update_fields=MOVED)
        session.helpers.set(plan.helpers)
        change = _note(session, SessionChangeKind.MOVED, because=because, by=by, before=before, was_at=was_at)
        put_right_session(session, by=by, now=change.at)
        _make_known(session, MessageKind.MOVED, change)
    return session


@transaction.atomic
def cancel_sessions(
    *, sessions: Iterable[ClassSession], because: str, by: User | None, now: datetime
) -> list[ClassSession]:
    """Cancel sessions for one reason; those cancelled already are left alone. They hold nothing any more.

    Raises NotAllowed and Refused: also when one of them is over, for then it was held, or not (`say_not_held`).
    """
    _need_reason(because)
    wanted = sorted(sessions, key=lambda each: each.pk)
    for organiser in {session.run.organiser for session in wanted}:
        refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=organiser)
    with _held(*wanted):
        cancelled = [session for session in wanted if not session.is_cancelled]
        for session in cancelled:
            _refuse_over(session, now=now)
            session.state, session.cancelled_because = SessionState.CANCELLED, because.strip()
            session.save(update_fields=["state", "cancelled_because"])
            change = _note(session, SessionChangeKind.CANCELLED, because=because, by=by)
            _make_known(session, MessageKind.NO_SESSION, change)
    return cancelled


@transaction.atomic
def restore_session(*, session: ClassSession, because: str, by: User | None) -> ClassSession:
    """Plan a cancelled session again, when and where it was. Raises NotAllowed, Clashing, Refused.

    One that is made up for stays cancelled, and so does one whose class is.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=session.run.organiser)
    _need_reason(because)
    with _held(session) as runs:
        run = runs[session.run_id]
        if run.cancelled_at:
            raise Refused("run-cancelled", "这个班已经取消了，课不能恢复。")
        if session.state == SessionState.PLANNED:
            raise Refused("not-cancelled", "这次课没有取消，不用恢复。")
        if session.make_ups.planned().exists():
            raise Refused("made-up-already", "这次课已经安排了补课。要恢复，先取消那次补课。")
        plan = plan_of(session)
        check([plan], besides=[session.pk])
        _refuse_too_many(plan, run)
        was_cancelled = session.is_cancelled
        session.state, session.cancelled_because = SessionState.PLANNED, ""
        session.save(update_fields=["state", "cancelled_because"])
        change = _note(session, SessionChangeKind.RESTORED, because=because, by=by)
        if was_cancelled:
            _make_known(session, MessageKind.MOVED, change)
    return session


@transaction.atomic
def say_not_held(*, session: ClassSession, because: str, by: User | None, now: datetime) -> ClassSession:
    """Say of a session that is over that nobody taught: it counts 0, whatever the roll says; its lines stay (R3).

    Taken back by `restore_session`. Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=session.run.organiser)
    _need_reason(because)
    with _held(session):
        _refuse_cancelled(session)
        if session.ends_at > now:
            raise Refused("not-over", "这次课还没有上完。不上了，请用“取消”。")
        session.state, session.cancelled_because = SessionState.NOT_HELD, because.strip()
        session.save(update_fields=["state", "cancelled_because"])
        _note(session, SessionChangeKind.NOT_HELD, because=because, by=by)
    return session


def sessions_of_day(*, on: date, user: User, now: datetime) -> list[ClassSession]:
    """Return what is still to begin on a day in the branch: what a typhoon cancels at once."""
    rows = ClassSession.objects.visible_to(user).planned().on_day(on).filter(starts_at__gt=now)
    return list(rows.select_related("run__organiser__area", "venue", "room"))


@transaction.atomic
def make_up(*, session: ClassSession, plan: SessionPlan, by: User | None) -> ClassSession:
    """Add a session that makes up for a cancelled one. Raises NotAllowed, Clashing, Refused."""
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=session.run.organiser)
    lock_session(session)
    run = lock_run(session.run)
    if session.state == SessionState.PLANNED:
        raise Refused("not-cancelled", "这次课没有取消，不用补。")
    if session.make_ups.planned().exists():
        raise Refused("made-up-already", "这次课已经安排补课了。")
    check([plan])
    _refuse_too_many(plan, run)
    last = run.sessions.order_by("-number").first()
    (added,) = save_sessions(run, [plan], first_number=last.number + 1)
    added.make_up_of = session
    added.save(update_fields=["make_up_of"])
    change = _note(session, SessionChangeKind.MADE_UP, because=f"补在{said_of(added)}"[:100], by=by)
    _make_known(added, MessageKind.MOVED, change)
    return added


@transaction.atomic
def change_teacher(
    *, sessions: Sequence[ClassSession], teacher: TeachingPerson, because: str, by: User | None
) -> list[ClassSession]:
    """Let somebody else teach these sessions of one class: one, or all to the end of the term.

    Raises NotAllowed, Clashing (none is changed), Refused.
    """
    _need_reason(because)
    changed = [session for session in sessions if session.teacher_id != teacher.pk]
    if not changed:
        raise Refused("same-teacher", "这几次课本来就是这位老师。", fields={"teacher": "本来就是这位老师。"})
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=changed[0].run.organiser)
    lock_sessions(changed)
    lock_runs(session.run for session in changed)
    for session in changed:
        _refuse_cancelled(session)
    plans = [replace(plan_of(session), teacher=teacher) for session in changed]
    check(plans, besides=[session.pk for session in changed], is_place_kept=True)
    for session in changed:
        before = str(session.teacher or "")
        session.teacher = teacher
        session.save(update_fields=["teacher"])
        _note(session, SessionChangeKind.TEACHER, because=because, by=by, before=before)
    return changed


@contextmanager
def _held(*sessions: ClassSession) -> Iterator[dict[int, CourseRun]]:
    """Give the sessions' classes by their ids; totals follow what is changed.

    Held are first all sessions, then all on their rolls, then all classes: whoever calls a roll or cancels others
    waits, and nobody waits in a ring.
    """
    lock_sessions(sessions)
    hold_districts(sessions)
    lines = Attendance.objects.filter(session__in=[session.pk for session in sessions])
    with recounting(lines.values_list("learner_id", flat=True)):
        yield lock_runs(session.run for session in sessions)


def _make_known(session: ClassSession, kind: MessageKind, change: SessionChange) -> None:
    """Tell those with a seat; and where there is more room now, offer it to those who wait."""
    tell_of_session(session, kind, change=change)
    refill(session.run, now=change.at)


def _refuse_too_many(plan: SessionPlan, run: CourseRun) -> None:
    """Refuse a session that could not take everybody who has a seat; the class is locked."""
    on, learners = plan.setting.on, run.enrolments.seated().count()
    limit = session_limit(plan.setting, capacity=None, rules=dated_limits(first=on, last=on))
    if refusal := capacity_refusal(learners=learners, limit=limit):
        raise Refused(refusal.code, refusal.message)


def _refuse_cancelled(session: ClassSession) -> None:
    if session.state == SessionState.NOT_HELD:
        raise Refused("not-held", "这次课已经记了没有上。要改，先恢复。")
    if session.is_cancelled:
        raise Refused("cancelled", "这次课已经取消了。要再上，请安排补课。")


def _refuse_over(session: ClassSession, *, now: datetime) -> None:
    if session.state == SessionState.PLANNED and session.ends_at <= now:
        words = f"{said_of(session)}：这次课已经上完了，不能取消。没有上的，请打开这次课，按“没有上”。"
        raise Refused("over", words)


def _need_reason(because: str) -> None:
    if not because.strip():
        raise Refused("no-reason", "写一句为什么，来上课的人看得到。", fields={"because": "写一句为什么。"})


def _note(
    session: ClassSession,
    kind: str,
    *,
    because: str,
    by: User | None,
    before: str = "",
    was_at: datetime | None = None,
) -> SessionChange:
    change = SessionChange.objects.create(
        session=session,
        kind=kind,
        by=by,
        because=because.strip()[:100],
        before=before[:120],
        was_at=was_at,
        at=timezone.now(),
    )
    organisation = session.run.organiser_id
    record(AuditVerb.CHANGED, by=by, subject=session, organisation_id=organisation, detail=str(kind))
    return change
