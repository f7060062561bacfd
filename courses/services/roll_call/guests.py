"""People nobody expected: somebody who walks in, with three fields; heads without names, listed apart."""

from datetime import datetime

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import RecordKind, Right
from courses.errors import Refused
from courses.models import Attendance, ClassSession, HeadCount, Learner, acting_membership
from courses.rules.refusal import Refusal
from courses.rules.roll_call import reason_refusal, session_refusal
from courses.services.branches import refuse_unless_may
from courses.services.counting.closed import hold_month
from courses.services.learners import LearnerFacts, identify, settle
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.roll_call.roll import THERE
from courses.services.scheduling.locking import lock_session

MOST_HEADS = 500


@transaction.atomic
def walk_in(
    *,
    session: ClassSession,
    facts: LearnerFacts,
    by: User | None,
    now: datetime,
    kind: str = RecordKind.TRAINING,
    because: str = "",
) -> Attendance:
    """Register somebody who stands in the door, and put them down as there. Who is known is not doubled.

    Who calls the roll sees the person, which is enough to know them by name, year and street. ``because`` is wanted
    where the month was reported already. ``kind`` 帮办: they ask about one thing, which is put down apart and never
    counts (R6). Who came to class stays so. Raises NotAllowed, Refused; then nothing is kept.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    who = identify(facts.checked(is_from_web=True))
    learner, is_new = settle(who, organisation_id=session.run.organiser_id, by=by)
    if is_new:
        record(AuditVerb.CREATED, by=by, subject=learner, organisation_id=session.run.organiser_id)
    if kind == RecordKind.ASSISTANCE and _is_in_class(session, learner):
        raise Refused("in-class", f"{learner.name}已经点过名了，是来上课的，不用再记帮办。")
    wanted = Mark(learner=learner, kind=kind, because=because)
    lines = mark(session=session, marks=[wanted], by=by, now=now)
    if not lines:
        raise Refused("there-already", f"{learner.name}已经点过名了。")
    return lines[0]


@transaction.atomic
def count_heads(
    *, session: ClassSession, heads: int, by: User | None, now: datetime, because: str = ""
) -> HeadCount:
    """Put down how many were there whose names nobody has; it never counts by itself (R9).

    What a district approved only the district changes, and it stays approved. ``because`` is wanted for that, and
    where the month was reported already. Raises NotAllowed, Refused.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    was_reported = hold_month(session)
    _refuse(session_refusal(state=session.state, starts_at=session.starts_at, now=now))
    if not 0 <= heads <= MOST_HEADS:
        raise Refused("heads", f"请填 0 到 {MOST_HEADS}。", fields={"heads": f"请填 0 到 {MOST_HEADS}。"})
    before = last_heads(session)
    if before is not None and before.heads == heads:
        return before
    approved_by = before.approved_by if before else None
    if before is not None and approved_by is not None and not _may_approve(by):
        words = f"区里已经核准了这 {before.heads} 人，您改不了。数错了，请区里来改。"
        raise Refused("approved-already", words, fields={"heads": words})
    is_reported = was_reported or approved_by is not None
    _refuse(reason_refusal(is_locked=is_reported, because=because))
    return HeadCount.objects.create(
        session=session,
        corrects=before,
        heads=heads,
        approved_by=(by or approved_by) if approved_by else None,
        because=because.strip()[:100],
        at=now,
        by=by,
    )


def last_heads(session: ClassSession) -> HeadCount | None:
    """Return how many without names the roll says there were now."""
    return session.head_counts.filter(corrected_by=None).select_related("approved_by").first()


def _is_in_class(session: ClassSession, learner: Learner) -> bool:
    rows = Attendance.objects.last().by_person().filter(session=session, kind=RecordKind.TRAINING)
    return rows.filter(person=learner.merged_into_id or learner.pk, state__in=THERE).exists()


def _may_approve(by: User | None) -> bool:
    return by is None or acting_membership(by).allows(Right.LOCK_MONTHS)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        fields = {refusal.field: refusal.message} if refusal.field else None
        raise Refused(refusal.code, refusal.message, fields=fields)


@transaction.atomic
def approve_heads(*, session: ClassSession, because: str, by: User, now: datetime) -> HeadCount:
    """Let heads without names enter the reported number: somebody of the district says so, by name, and why.

    Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.LOCK_MONTHS, by=by, organisation=session.run.organiser)
    lock_session(session)
    # Nobody closes the month between asking and approving: it then shows as a correction.
    hold_month(session)
    before = last_heads(session)
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
