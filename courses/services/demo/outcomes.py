"""What demo learners said when a session ended, and when they were asked later; some were never asked."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from courses.enums import Mastery
from courses.models import Attendance, Outcome
from courses.services.demo.inventing import chance
from courses.services.progress.outcomes import SPAN
from courses.services.roll_call.follow_ups import UNTIL
from courses.services.roll_call.outcomes import AT_THE_END, taught_in
from courses.services.roll_call.roll import THERE

# In a hundred: who was asked, at the end and so many days later, who could do it alone then, who needed help.
ASKED = {AT_THE_END: 85, 3: 40, 14: 20}
ALONE, HELPED = {AT_THE_END: 60, 3: 66, 14: 71}, 25


@transaction.atomic
def add_outcomes() -> str | None:
    """Let demo learners of the last weeks say how they left their lessons; return what was done."""
    if Outcome.objects.filter(session__run__is_demo=True).exists():
        return None
    now = timezone.now()
    rows = Attendance.objects.last().filter(
        is_demo=True, state__in=THERE, session__starts_at__gte=now - SPAN, session__ends_at__lte=now
    )
    lines = rows.select_related("session").prefetch_related("session__lessons").order_by("pk")
    made = Outcome.objects.bulk_create(
        (outcome for line in lines for outcome in _said(line, now)), batch_size=500
    )
    return f"新建演示的学会了没有：{len(made)} 条" if made else None


def _said(line: Attendance, now) -> Iterator[Outcome]:
    dice = chance(f"outcome {line.session_id} {line.learner_id}")
    for after in (AT_THE_END, *UNTIL):
        at = line.session.ends_at + timedelta(days=after)
        is_asked = dice.randrange(100) < ASKED[after]
        if not is_asked or at > now:
            continue
        for lesson in taught_in(line.session):
            yield Outcome(
                session=line.session,
                learner_id=line.learner_id,
                lesson_code=lesson.code,
                after_days=after,
                mastery=_mastery(dice, after),
                at=at,
            )


def _mastery(dice: Random, after: int) -> Mastery:
    thrown = dice.randrange(100)
    if thrown < ALONE[after]:
        return Mastery.ALONE
    return Mastery.HELPED if thrown < ALONE[after] + HELPED else Mastery.NOT_YET
