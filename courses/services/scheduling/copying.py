"""Copying classes to another term: the same lessons, weekday, hours, place and people, as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.models import User
from courses.enums import Weekday
from courses.errors import Refused
from courses.models import CourseRun, Term
from courses.rules.series import SeriesRule, moments, planned_days
from courses.services.scheduling.plans import SessionPlan, plan_of
from courses.services.scheduling.runs import RunDetails, plan_run

# A class begins anew in each term.
NOT_COPIED = {"organiser", "term", "enrol_from", "enrol_until"}


@dataclass(frozen=True)
class Copied:
    """What came of one class: the copy, or why there is none."""

    run: CourseRun
    copy: CourseRun | None
    refusal: str = ""


def copy_runs(*, runs: Sequence[CourseRun], term: Term, by: User) -> list[Copied]:
    """Copy each class to the term; one that cannot be is told and stops no other."""
    return [_copied(run, term, by) for run in runs]


def _copied(run: CourseRun, term: Term, by: User) -> Copied:
    try:
        with transaction.atomic():
            return Copied(run, _copy(run, term, by))
    except Refused as refusal:
        return Copied(run, None, str(refusal))


def _copy(run: CourseRun, term: Term, by: User) -> CourseRun:
    names = [name for name in RunDetails.__dataclass_fields__ if name not in NOT_COPIED]
    details = RunDetails(organiser=run.organiser, term=term, **{name: getattr(run, name) for name in names})
    return plan_run(details=details, sessions=_sessions_in(run, term), by=by)


def _sessions_in(run: CourseRun, term: Term) -> list[SessionPlan]:
    rows = run.sessions.planned().filter(make_up_of=None).select_related("venue", "room", "teacher")
    old = [plan_of(row) for row in rows.prefetch_related("helpers", "lessons")]
    if not old:
        raise Refused("no-sessions", "这个班一次课也没有，没什么可复制的。")
    rule = _rule_of(old, term)
    days = [each.on for each in planned_days(rule) if each.is_held]
    plans = []
    for plan, on in zip(old, days, strict=False):
        starts, ends = moments(rule, on)
        fields = vars(plan) | {"starts_at": starts, "ends_at": ends}
        plans.append(SessionPlan(**fields))
    return plans


def _rule_of(plans: Sequence[SessionPlan], term: Term) -> SeriesRule:
    """Return the row of meetings the old ones were made from, as far as it can be seen from them."""
    local = [timezone.localtime(plan.starts_at) for plan in plans]
    return SeriesRule(
        first_day=term.starts_on,
        weekdays=frozenset(Weekday(moment.isoweekday()) for moment in local),
        starts=local[0].time(),
        ends=timezone.localtime(plans[0].ends_at).time(),
        times=len(plans),
        last_day=term.ends_on,
    )
