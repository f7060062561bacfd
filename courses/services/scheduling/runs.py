"""Classes: planned with all their sessions at once, published, changed, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import MessageKind, Right, RunKind, RunMode, SessionState, Tongue
from courses.errors import Refused
from courses.models import Attendance, ClassSession, CourseRun, ModulePage, Organisation, Room, Term, Venue
from courses.rules.seats import shrinking_refusal
from courses.services.branches import refuse_unless_may
from courses.services.counting.keeping import recounting
from courses.services.enrolment.states import refuse
from courses.services.messages.outbox import tell_of_run
from courses.services.scheduling.codes import next_code
from courses.services.scheduling.locking import lock_run
from courses.services.scheduling.plans import SessionPlan, check
from courses.services.seats import lock_seats
from courses.services.waiting_list import fill


@dataclass(frozen=True)
class RunDetails:
    """What a class is, apart from its sessions."""

    title: str
    organiser: Organisation
    mode: str = RunMode.ONSITE
    kind: str = RunKind.SERIES
    module: ModulePage | None = None
    term: Term | None = None
    venue: Venue | None = None
    room: Room | None = None
    link: str = ""
    capacity: int | None = None
    minimum: int | None = None
    waiting_places: int | None = None
    fee: Decimal = Decimal(0)
    returning_from: datetime | None = None
    enrol_from: datetime | None = None
    enrol_until: datetime | None = None
    audience: str = ""
    bring: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    tongue: str = Tongue.MANDARIN


@transaction.atomic
def plan_run(*, details: RunDetails, sessions: Sequence[SessionPlan], by: User | None) -> CourseRun:
    """Save a class as a draft, with its sessions; all of it or nothing.

    Raises NotAllowed, Clashing, and Refused where the details or a session make no sense.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=details.organiser)
    _refuse_details(details)
    if not sessions:
        raise Refused("no-sessions", "一次课也没有。先排出上课的日子。", fields={"times": "一次课也没有。"})
    check(sessions)
    year = timezone.localtime(sessions[0].starts_at).year
    code = next_code(organiser=details.organiser, term=details.term, year=year)
    run = CourseRun.objects.create(code=code, created_by=by, **vars(details))
    save_sessions(run, sessions, first_number=1)
    record(AuditVerb.CREATED, by=by, subject=run, organisation_id=run.organiser_id, detail=code)
    return run


def save_sessions(run: CourseRun, plans: Sequence[SessionPlan], *, first_number: int) -> list[ClassSession]:
    """Save sessions that were checked, numbered on from ``first_number``."""
    saved = []
    for number, plan in enumerate(plans, start=first_number):
        session = ClassSession.objects.create(
            run=run,
            number=number,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            mode=plan.mode,
            venue=plan.venue,
            room=plan.room,
            teacher=plan.teacher,
            main_scenario=plan.main_scenario,
        )
        # A new row has none yet: asking what to take away would cost two queries for each.
        session.helpers.add(*plan.helpers)
        session.lessons.add(*plan.lessons)
        saved.append(session)
    return saved


@transaction.atomic
def publish_run(*, run: CourseRun, by: User | None, at: datetime) -> CourseRun:
    """Show a draft to readers. Raises NotAllowed, and Refused when it is cancelled or has no sessions."""
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=run.organiser)
    locked = lock_run(run)
    if locked.cancelled_at:
        raise Refused("cancelled", "这个班已经取消了，不能再公布。")
    if not locked.sessions.planned().exists():
        raise Refused("no-sessions", "这个班一次课也没有，先排课。")
    if locked.published_at is None:
        locked.published_at = at
        locked.save(update_fields=["published_at"])
        record(AuditVerb.CHANGED, by=by, subject=run, organisation_id=run.organiser_id, detail="published")
    return locked


@transaction.atomic
def change_run(*, run: CourseRun, by: User, at: datetime, **changes) -> CourseRun:
    """Change what a class is, apart from its sessions and its organiser; new seats go to who waits, at once.

    Raises NotAllowed; Refused also for fewer seats than are taken.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=run.organiser)
    locked = lock_run(run)
    for name, value in changes.items():
        setattr(locked, name, value)
    fields = [each for each in RunDetails.__dataclass_fields__ if each != "organiser"]
    _refuse_details(RunDetails(organiser=run.organiser, **{name: getattr(locked, name) for name in fields}))
    locked.save()
    stands = lock_seats(locked)
    if "capacity" in changes:
        refuse(shrinking_refusal(taken=stands.seats.taken, limit=stands.seats.limit))
    fill(stands, now=at)
    names = " ".join(sorted(changes))
    record(AuditVerb.CHANGED, by=by, subject=run, organisation_id=run.organiser_id, detail=names)
    return locked


@transaction.atomic
def cancel_run(*, run: CourseRun, because: str, by: User | None, at: datetime) -> CourseRun:
    """Cancel a class with all that is still to come, and let those enrolled know; what was held stays.

    Raises NotAllowed and Refused.
    """
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=run.organiser)
    if not because.strip():
        raise Refused(
            "no-reason", "写一句为什么取消，报了名的人看得到。", fields={"because": "写一句为什么。"}
        )
    planned = run.sessions.planned().filter(starts_at__gt=at)
    # Those that were still to come once they are held, and no others: a moved one may come or go meanwhile.
    coming = list(planned.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    # People come early: some may be on the roll already.
    with recounting(Attendance.objects.filter(session__in=coming).values_list("learner_id", flat=True)):
        locked = lock_run(run)
        if locked.cancelled_at:
            raise Refused("cancelled", "这个班已经取消了。")
        locked.cancelled_at, locked.cancelled_because = at, because.strip()
        locked.save(update_fields=["cancelled_at", "cancelled_because"])
        held = run.sessions.filter(pk__in=coming)
        held.update(state=SessionState.CANCELLED, cancelled_because=because.strip())
    tell_of_run(locked, MessageKind.NO_CLASS, at=at)
    record(AuditVerb.CHANGED, by=by, subject=run, organisation_id=run.organiser_id, detail="cancelled")
    return locked


def _refuse_details(details: RunDetails) -> None:
    mode = RunMode(details.mode)
    if mode.needs_place and details.venue is None:
        _refuse("no-place", "线下的班要选场地。", "venue")
    if mode is not RunMode.ONSITE and not details.link:
        _refuse("no-link", "线上的班要填链接。", "link")
    if details.minimum is not None and details.capacity is not None and details.minimum > details.capacity:
        _refuse("minimum-too-high", "最少几位才开，比最多几位还多。", "minimum")
    if details.enrol_from and details.enrol_until and details.enrol_from >= details.enrol_until:
        _refuse("enrolment-window", "报名截止的时间在开始前面。", "enrol_until")
    if details.returning_from and (not details.enrol_from or details.returning_from >= details.enrol_from):
        _refuse("returning-window", "老学员先报的时间，要在大家开始报名以前。", "returning_from")
    if details.fee < 0:
        _refuse("fee", "学费不能是负数。", "fee")


def _refuse(code: str, words: str, field: str) -> None:
    raise Refused(code, words, fields={field: words})
