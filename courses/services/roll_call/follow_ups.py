"""回访: asking people 3 days and 2 weeks after a class whether they can do it alone; who could not comes first."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from cms.models import User
from courses.enums import Mastery, RecordKind, SessionState
from courses.errors import Refused
from courses.models import Attendance, Outcome
from courses.models.class_session import LONGEST
from courses.services.roll_call.marking import refuse_unless_may_call
from courses.services.roll_call.outcomes import AT_THE_END, taught_in
from courses.services.roll_call.roll import THERE
from courses.services.scheduling.locking import lock_session

# So many days after a class one asks; from so many on it is too late.
UNTIL = {3: 14, 14: 28}
# For so long one may put right what one has put down oneself.
JUST_NOW, SHOWN_AGAIN = timedelta(hours=1), 5


def to_follow_up(user: User, *, after_days: int, now: datetime) -> QuerySet[Attendance]:
    """Return who in one's branch is to be asked now, one line for each class they were in.

    Each has ``need``: 0 for who had not learnt it, 1 for who needed help, 2 for who was not asked, 3 for who could.
    """
    first, last = now - timedelta(days=UNTIL[after_days]), now - timedelta(days=after_days)
    rows = Attendance.objects.visible_to(user).last().by_person()
    there = rows.filter(
        state__in=THERE,
        kind=RecordKind.TRAINING,
        learner__erased_at=None,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=first - LONGEST,
        session__ends_at__gt=first,
        session__ends_at__lte=last,
    )
    waiting = there.filter(~Exists(_said(after_days)))
    return waiting.annotate(need=_need()).order_by("need", "session__starts_at", "session_id", "pk")


def just_asked(user: User, *, after_days: int, now: datetime) -> list[Attendance]:
    """Return the last ones that ``user`` put down: one may have been a slip of the finger."""
    mine = Outcome.objects.by_person().filter(by=user, after_days=after_days, at__gt=now - JUST_NOW)
    newest = mine.order_by("-at", "-pk").values_list("session_id", "person")
    pairs = dict.fromkeys(newest[: SHOWN_AGAIN * 10])
    rows = Attendance.objects.visible_to(user).last().by_person()
    rows = rows.filter(session_id__in=[pair[0] for pair in pairs])
    found = {(row.session_id, row.person): row for row in rows.select_related("session__run", "learner")}
    return [found[pair] for pair in pairs if pair in found][:SHOWN_AGAIN]


@transaction.atomic
def put_down_follow_up(
    *, attendance: Attendance, after_days: int, mastery: str, by: User, now: datetime
) -> None:
    """Put down what somebody said when they were asked: of everything that session taught.

    Whoever put it down may put it right for an hour. Raises NotAllowed; Refused when somebody else has asked already.
    """
    session = attendance.session
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    # Under the row that counts, whichever of a merged person's the line stands under.
    person = attendance.learner.merged_into_id or attendance.learner_id
    said = Outcome.objects.by_person().filter(session=session, person=person, after_days=after_days)
    before = said.last()
    if before and (before.by_id != by.pk or before.at <= now - JUST_NOW):
        raise Refused("asked-already", "已经有人问过了，不用再问。")
    Outcome.objects.bulk_create(
        Outcome(
            session=session,
            learner_id=person,
            lesson_code=lesson.code,
            after_days=after_days,
            mastery=Mastery(mastery),
            at=now,
            by=by,
        )
        for lesson in taught_in(session)
    )


def _said(after_days: int) -> Any:
    # Under the line's own row or the one that counts: both are found by an index.
    same = Q(learner=OuterRef("learner")) | Q(learner=OuterRef("person"))
    return Outcome.objects.filter(same, session=OuterRef("session"), after_days=after_days)


def _need() -> Case:
    said = _said(AT_THE_END).standing()
    return Case(
        When(Exists(said.filter(mastery=Mastery.NOT_YET)), then=Value(0)),
        When(Exists(said.filter(mastery=Mastery.HELPED)), then=Value(1)),
        When(Exists(said), then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
