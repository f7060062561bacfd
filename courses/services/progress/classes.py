"""How full classes were, who did not come, what nobody put down: of the last four weeks, out of two queries."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least

from courses.enums import AttendanceState, EnrolmentState, RecordKind, RunMode, TallyLevel
from courses.models import Attendance, ClassSession
from courses.models.class_session import ClassSessionQuerySet
from courses.services.counting.totals import Place
from courses.services.counting.where import lies_in
from courses.services.roll_call.roll import THERE

SPAN, GRACE = timedelta(weeks=4), timedelta(days=2)
KEPT_FOR = 60
# More than any number of seats: whatever has no limit of its own takes the others'.
NO_LIMIT = 100_000


@dataclass(frozen=True)
class ClassFigures:
    """``sessions`` that a roll was called in; of those with a limit ``seats`` and who ``sat`` on them.

    ``expected`` were enrolled before it began, ``stayed_away`` of them are absent or stand on no line. ``silent``:
    over for two days, and nobody put anything down. ``helped``: 帮办, listed apart.
    """

    sessions: int = 0
    seats: int = 0
    sat: int = 0
    expected: int = 0
    stayed_away: int = 0
    silent: int = 0
    helped: int = 0

    @property
    def fill_percent(self) -> int | None:
        """满座率 in hundredths; None where nothing had a limit."""
        return self.sat * 100 // self.seats if self.seats else None

    @property
    def away_percent(self) -> int | None:
        return self.stayed_away * 100 // self.expected if self.expected else None


def class_figures(place: Place, *, now: datetime) -> ClassFigures:
    """Return the figures of a place. Those of the city and of districts are good for a minute."""
    if place.level == TallyLevel.BRANCH:
        return _counted(place, now)
    key = f"class-figures-{place.level}-{place.pk}"
    found = cache.get(key)
    if found is None:
        found = asdict(_counted(place, now))
        cache.set(key, found, KEPT_FOR)
    return ClassFigures(**found)


def silent_sessions(place: Place, *, now: datetime) -> ClassSessionQuerySet:
    """Return the sessions of the last four weeks that are over for two days and that nobody called the roll of."""
    rows = _held(place, now).filter(ends_at__lte=now - GRACE)
    return rows.filter(~_has_roll())


def _held(place: Place, now: datetime) -> ClassSessionQuerySet:
    # Nobody calls the roll of a recorded session, and nobody stays away from it on its day.
    rows = ClassSession.objects.planned().exclude(mode=RunMode.RECORDED)
    rows = rows.filter(starts_at__gte=now - SPAN, ends_at__lte=now)
    return rows.filter(lies_in(place, organiser="run__organiser"))


def _counted(place: Place, now: datetime) -> ClassFigures:
    lines = Attendance.objects.last().filter(session=OuterRef("pk"), state__in=THERE)
    no_limit = Value(NO_LIMIT)
    own = ("run__capacity", "room__seats", "venue__capacity")
    limit = Least(*(Coalesce(F(name), no_limit) for name in own), no_limit)
    rows = _held(place, now).annotate(
        has_roll=_has_roll(),
        limit=limit,
        there=_how_many(lines.filter(kind=RecordKind.TRAINING)),
        got_help=_how_many(lines.filter(kind=RecordKind.ASSISTANCE)),
    )
    is_limited = Q(has_roll=True, limit__lt=NO_LIMIT)
    found = rows.order_by().aggregate(
        sessions=Count("pk", filter=Q(has_roll=True)),
        seats=Coalesce(Sum("limit", filter=is_limited), 0),
        sat=Coalesce(Sum("there", filter=is_limited), 0),
        helped=Coalesce(Sum("got_help"), 0),
        silent=Count("pk", filter=Q(has_roll=False, ends_at__lte=now - GRACE)),
    )
    return ClassFigures(**found, **_away(place, now))


def _has_roll() -> Exists:
    """True for a session whose roll was called; 帮办 alone is no roll."""
    return Exists(Attendance.objects.filter(session=OuterRef("pk"), kind=RecordKind.TRAINING))


def _how_many(lines) -> Coalesce:
    people = lines.by_person().order_by().values("session").annotate(many=Count("person", distinct=True))
    counted = people.values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _away(place: Place, now: datetime) -> dict[str, int]:
    """Return how many were expected in sessions with a roll, and how many of them stayed away without a word."""
    # Who came with a question only did not come to class.
    training = Attendance.objects.last().filter(kind=RecordKind.TRAINING)
    said = training.exclude(state__in=[AttendanceState.ABSENT, AttendanceState.STRUCK])
    # Whoever was merged may have stood on the roll under another row than the one that is enrolled.
    person = said.by_person().filter(person=OuterRef("run__enrolments__learner"))
    spoke = Exists(person.filter(session=OuterRef("pk")))
    # In one call, so that both are asked of the same enrolment.
    rows = _held(place, now).filter(
        _has_roll(),
        run__enrolments__state=EnrolmentState.CONFIRMED,
        run__enrolments__created_at__lte=F("starts_at"),
    )
    return (
        rows.annotate(spoke=spoke)
        .order_by()
        .aggregate(expected=Count("pk"), stayed_away=Count("pk", filter=Q(spoke=False)))
    )
