"""Copying classes to another term: the same lessons, weekday, hours, place and people, as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from cms.models import User
from courses.enums import SessionChangeKind
from courses.errors import Refused
from courses.models import ClassSession, CourseRun, Term
from courses.rules.series import SeriesRule, moments, planned_days, usual_week
from courses.services.scheduling.holding import span_in_words
from courses.services.scheduling.plans import SessionPlan, plan_of
from courses.services.scheduling.runs import RunDetails, plan_run

# A class begins anew in each term.
NOT_COPIED = {"organiser", "term", "returning_from", "enrol_from", "enrol_until"}


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
    if not run.sessions.planned().exists():
        raise Refused("no-sessions", "这个班一次课也没有，没什么可复制的。")
    # A make-up stands for the session it makes up for, which is there itself.
    rows = run.sessions.filter(make_up_of=None).select_related("venue", "room", "teacher").order_by("number")
    old = list(rows.prefetch_related("helpers", "lessons", "changes"))
    rule = _rule_of(old, term)
    days = [each.on for each in planned_days(rule) if each.is_held]
    plans = []
    for session, on in zip(old, days, strict=False):
        starts, ends = moments(rule, on)
        plans.append(replace(plan_of(session), starts_at=starts, ends_at=ends))
    return plans


def _rule_of(sessions: Sequence[ClassSession], term: Term) -> SeriesRule:
    """Return the row of meetings the old ones were made from, as far as it can be seen from them."""
    as_planned = [session for session in sessions if not _has_other_time(session)] or sessions
    weekdays, starts, ends = usual_week([(session.starts_at, session.ends_at) for session in as_planned])
    return SeriesRule(
        first_day=term.starts_on,
        weekdays=weekdays,
        starts=starts,
        ends=ends,
        times=len(sessions),
        last_day=term.ends_on,
    )


def _has_other_time(session: ClassSession) -> bool:
    """True when it is not held when it was first planned; one that only got another room is."""
    moves = (each for each in session.changes.all() if each.kind == SessionChangeKind.MOVED)
    first = next(moves, None)
    return first is not None and span_in_words(session.starts_at, session.ends_at) not in first.before
