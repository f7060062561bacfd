"""People nobody expected: somebody who walks in, with three fields; heads without names, listed apart."""

from datetime import datetime

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Attendance, ClassSession, HeadCount
from courses.rules.roll_call import session_refusal
from courses.services.branches import refuse_unless_may
from courses.services.learners import LearnerFacts, identify, settle
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.scheduling.locking import lock_session

MOST_HEADS = 500


@transaction.atomic
def walk_in(*, session: ClassSession, facts: LearnerFacts, by: User | None, now: datetime) -> Attendance:
    """Register somebody who stands in the door, and put them down as there. Who is known is not doubled.

    Who calls the roll sees the person, which is enough to know them by name, year and street. Raises NotAllowed,
    Refused; then nothing is kept.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    who = identify(facts.checked(is_from_web=True))
    learner, is_new = settle(who, organisation_id=session.run.organiser_id, by=by)
    if is_new:
        record(AuditVerb.CREATED, by=by, subject=learner, organisation_id=session.run.organiser_id)
    lines = mark(session=session, marks=[Mark(learner=learner)], by=by, now=now)
    if not lines:
        raise Refused("there-already", f"{learner.name}已经点过名了。")
    return lines[0]


@transaction.atomic
def count_heads(*, session: ClassSession, heads: int, by: User | None, now: datetime) -> HeadCount:
    """Put down how many were there whose names nobody has; it never counts by itself (R9).

    Raises NotAllowed, Refused.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    refusal = session_refusal(state=session.state, starts_at=session.starts_at, now=now)
    if refusal is not None:
        raise Refused(refusal.code, refusal.message)
    if not 0 <= heads <= MOST_HEADS:
        raise Refused("heads", f"请填 0 到 {MOST_HEADS}。", fields={"heads": f"请填 0 到 {MOST_HEADS}。"})
    before = session.head_counts.filter(corrected_by=None).first()
    return HeadCount.objects.create(session=session, corrects=before, heads=heads, at=now, by=by)


@transaction.atomic
def approve_heads(*, session: ClassSession, because: str, by: User, now: datetime) -> HeadCount:
    """Let heads without names enter the reported number: somebody of the district says so, by name, and why.

    Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.LOCK_MONTHS, by=by, organisation=session.run.organiser)
    lock_session(session)
    before = session.head_counts.filter(corrected_by=None).first()
    if before is None or not before.heads:
        raise Refused("no-heads", "这次课没有记没名单的人数。")
    if before.approved_by_id:
        raise Refused("approved-already", "已经核准了。")
    if not because.strip():
        raise Refused("no-reason", "写一句为什么核准。", fields={"because": "写一句为什么。"})
    approved = HeadCount.objects.create(
        session=session,
        corrects=before,
        heads=before.heads,
        approved_by=by,
        because=because.strip()[:100],
        at=now,
        by=by,
    )
    record(
        AuditVerb.CHANGED, by=by, subject=approved, organisation_id=session.run.organiser_id, detail="heads"
    )
    return approved
