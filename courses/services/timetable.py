"""What readers see of classes: those to come, found by place, time and scenario, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, Min, OuterRef, Q, Value, When

from courses.enums import HalfDay, SessionState
from courses.models import Area, ClassSession, CourseRun
from courses.rules.clock_words import EVENING, NOON
from courses.rules.neighbours import neighbours

WITH = ("venue__area__parent", "room", "organiser")
HALF_DAYS = {
    HalfDay.MORNING: Q(starts_at__hour__lt=NOON),
    HalfDay.AFTERNOON: Q(starts_at__hour__gte=NOON, starts_at__hour__lt=EVENING),
    HalfDay.EVENING: Q(starts_at__hour__gte=EVENING),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty is whatever there is. ``weekdays`` as isoweekday, 1 is Monday."""

    district: Area | None = None
    street: Area | None = None
    scenario: str = ""
    mode: str = ""
    weekdays: Sequence[int] = ()
    half_days: Sequence[str] = ()
    words: str = ""


def upcoming_runs(*, now: datetime):
    """Return published classes with something still to come, annotated with ``next_at``, the soonest first."""
    coming = Q(sessions__state=SessionState.PLANNED, sessions__ends_at__gt=now)
    rows = CourseRun.objects.upcoming(now=now).annotate(next_at=Min("sessions__starts_at", filter=coming))
    return rows.select_related(*WITH).order_by("next_at", "code")


def found(wanted: Wanted, *, now: datetime):
    """Return what fits, the nearest first: in the same street, then in the district, then by time."""
    rows = _fitting(wanted, now)
    if wanted.district is None:
        return rows
    here = rows.filter(Q(venue__area=wanted.district) | Q(venue__area__parent=wanted.district))
    return _nearest_first(here, wanted.street)


def next_door(wanted: Wanted, *, now: datetime):
    """Return what fits in the districts around; for when nothing is found at home. On line is next door too."""
    if wanted.district is None:
        return CourseRun.objects.none()
    codes = neighbours(wanted.district.code)
    around = Q(venue__area__code__in=codes) | Q(venue__area__parent__code__in=codes) | Q(venue=None)
    return _fitting(wanted, now).filter(around)


def _fitting(wanted: Wanted, now: datetime):
    rows = upcoming_runs(now=now)
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.words:
        rows = rows.filter(
            Q(title__icontains=wanted.words)
            | Q(code__iexact=wanted.words)
            | Q(venue__name__icontains=wanted.words)
            | Q(venue__address__icontains=wanted.words)
            | Q(venue__area__name__icontains=wanted.words)
        )
    held = _sessions(wanted, now)
    return rows if held is None else rows.filter(Exists(held))


def _sessions(wanted: Wanted, now: datetime):
    """Return the sessions by which a class fits, None when any will do. Hours and weekdays are Shanghai's."""
    if not (wanted.scenario or wanted.weekdays or wanted.half_days):
        return None
    rows = ClassSession.objects.planned().filter(run=OuterRef("pk"), ends_at__gt=now)
    if wanted.scenario:
        rows = rows.filter(main_scenario=wanted.scenario)
    if wanted.weekdays:
        rows = rows.filter(starts_at__iso_week_day__in=list(wanted.weekdays))
    if wanted.half_days:
        any_of = Q()
        for half_day in wanted.half_days:
            any_of |= HALF_DAYS[HalfDay(half_day)]
        rows = rows.filter(any_of)
    return rows


def _nearest_first(rows, street: Area | None):
    if street is None:
        return rows
    near = Case(When(venue__area=street, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(distance=near).order_by("distance", "next_at", "code")
