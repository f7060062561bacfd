"""What readers see of classes: those to come, found by place, time and scenario, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Case, Exists, IntegerField, Min, OuterRef, Q, Value, When

from courses.enums import AreaKind, HalfDay, RunState, SessionState
from courses.models import Area, ClassSession, CourseRun
from courses.rules.clock_words import EVENING, NOON
from courses.rules.neighbours import neighbours
from courses.services.seats import states_of

WITH = ("venue__area__parent", "room", "organiser")
# Of so many, the nearest first, one has room or people had better ask.
LOOKED_AT = 30
REMEMBERED = 15
NOT_LOOKED_UP = "not looked up"
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
    has_room: bool = False


def upcoming_runs(*, now: datetime):
    """Return published classes with something still to come, annotated with ``next_at``, the soonest first."""
    coming = Q(sessions__state=SessionState.PLANNED, sessions__ends_at__gt=now)
    rows = CourseRun.objects.upcoming(now=now).annotate(next_at=Min("sessions__starts_at", filter=coming))
    return rows.select_related(*WITH).order_by("next_at", "code")


def found(wanted: Wanted, *, now: datetime):
    """Return what fits, the nearest first: in the same street, then in the district, then by time."""
    rows = _fitting(wanted, now)
    if wanted.district is None:
        return _with_room(rows, wanted, now)
    here = rows.filter(Q(venue__area=wanted.district) | Q(venue__area__parent=wanted.district))
    return _nearest_first(_with_room(here, wanted, now), wanted.street)


def next_door(wanted: Wanted, *, now: datetime):
    """Return what fits in the districts around; for when nothing is found at home. On line is next door too."""
    if wanted.district is None:
        return CourseRun.objects.none()
    codes = neighbours(wanted.district.code)
    around = Q(venue__area__code__in=codes) | Q(venue__area__parent__code__in=codes) | Q(venue=None)
    return _with_room(_fitting(wanted, now).filter(around), wanted, now)


@dataclass(frozen=True)
class NearClass:
    """As much of another class as one must know to go there instead."""

    code: str
    title: str
    next_at: datetime
    place: str


def nearest_with_room(run: CourseRun, *, now: datetime) -> NearClass | None:
    """Return another class where one can have a seat now: of the same scenario, near, soon; None if there is none.

    Remembered for some seconds: when a class fills up, hundreds ask at once. Whoever goes there is counted exactly.
    """
    key = f"nearest-with-room:{run.pk}"
    near = cache.get(key, NOT_LOOKED_UP)
    if near == NOT_LOOKED_UP:
        near = _nearest_with_room(run, now)
        cache.set(key, near, REMEMBERED)
    return near


def _nearest_with_room(run: CourseRun, now: datetime) -> NearClass | None:
    session = run.sessions.coming(now=now).first()
    street, district = _whereabouts(run)
    wanted = Wanted(
        district=district,
        street=street,
        scenario=session.main_scenario if session else "",
        mode="" if district else run.mode,
    )
    for rows in (found(wanted, now=now), next_door(wanted, now=now)):
        near = list(rows.exclude(pk=run.pk)[:LOOKED_AT])
        states = states_of(near, now=now)
        for each in near:
            if states[each.pk][0] is RunState.OPEN:
                place = each.venue.name if each.venue else "在家里上"
                return NearClass(each.code, each.title, each.next_at, place)
    return None


def _whereabouts(run: CourseRun) -> tuple[Area | None, Area | None]:
    """Return the street and the district of a class, None where it has none."""
    area = run.venue.area if run.venue else None
    if area is None:
        return None, None
    return (None, area) if area.kind == AreaKind.DISTRICT else (area, area.parent)


def _with_room(rows, wanted: Wanted, now: datetime):
    """Leave those where one can have a seat now, if that is wanted. Four queries, however many classes fit.

    How many seats there are depends on places and dated rules, which the database is not asked to work out.
    """
    if not wanted.has_room:
        return rows
    states = states_of(rows.select_related(None), now=now)
    return rows.filter(pk__in=[pk for pk, (state, _) in states.items() if state is RunState.OPEN])


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
    rows = ClassSession.objects.coming(now=now).filter(run=OuterRef("pk"))
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
