"""Seats: the one place that locks a class before anybody counts its seats, and counts them.

Exact at any concurrency: PostgreSQL locks the class's row; on SQLite the transaction has the database to itself
(IMMEDIATE). What is counted are the enrolments themselves, so nothing can drift.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from cms.services.prepared import NUMBER, Prepared, Rows
from courses.enums import LIVE_STATES, ON_THE_PLAN, EnrolmentState, RunState
from courses.models import ClassSession, CourseRun, Enrolment
from courses.rules.capacity import DatedLimit, Limit, effective_limit
from courses.rules.run_state import run_state
from courses.rules.seats import Seats
from courses.services.scheduling.limits import EVERY_RULE, own_limit, place_limits, ruled_limits
from courses.services.scheduling.locking import lock_run_and_read


class Meeting(NamedTuple):
    """What seats depend on of a session that is not cancelled; read in one query, without making objects of it."""

    run: int
    starts_at: datetime
    ends_at: datetime
    mode: str
    venue: str | None
    venue_capacity: int | None
    venue_kind: str | None
    room: str | None
    room_seats: int | None

    @property
    def on(self) -> date:
        return timezone.localtime(self.starts_at).date()

    def limits(self, rules: Iterable[DatedLimit]) -> list[Limit]:
        """Return what its place and its day allow."""
        place = place_limits(
            self.mode,
            venue=(self.venue, self.venue_capacity) if self.venue else None,
            room=(self.room, self.room_seats) if self.room else None,
        )
        return place + (ruled_limits(self.on, self.mode, self.venue_kind or "", rules) if rules else [])


FIELDS = (
    "run_id",
    "starts_at",
    "ends_at",
    "mode",
    "venue__name",
    "venue__capacity",
    "venue__kind",
    "room__name",
    "room__seats",
)


@dataclass(frozen=True)
class LockedRun:
    """A class that nobody else changes until the transaction ends, its sessions, and how its seats stand."""

    run: CourseRun
    meetings: list[Meeting]
    rules: list[DatedLimit]
    seats: Seats

    def state(self, now: datetime) -> RunState:
        """Return the class's state."""
        return _state(self.run, self.meetings, self.seats, now)

    def next_start(self, now: datetime) -> datetime | None:
        """Return when it meets next; None when there is nothing to come any more, or it is cancelled."""
        if self.run.cancelled_at or self.run.published_at is None:
            return None
        return min((each.starts_at for each in self.meetings if each.starts_at > now), default=None)

    def without_own_limit(self) -> Seats:
        """Return the seats if the class's own number were not there: place and rules hold all the same."""
        return replace(self.seats, limit=_limit(None, self.meetings, self.rules))


def _meetings():
    """Return the sessions that are not cancelled, as rows for `Meeting`, the first first."""
    rows = ClassSession.objects.filter(state__in=ON_THE_PLAN)
    return rows.order_by("starts_at").values_list(*FIELDS)


def _counts():
    """Return how many live enrolments there are of each class and state."""
    rows = Enrolment.objects.filter(state__in=LIVE_STATES).order_by()
    return rows.values_list("run_id", "state").annotate(many=Count("*"))


_MEETINGS = Prepared(lambda run: _meetings().filter(run_id=run), NUMBER)
_COUNTS = Prepared(lambda run: _counts().filter(run_id=run), NUMBER)


def lock_seats(run: CourseRun) -> LockedRun:
    """Lock a class, then count. Inside a transaction, after learners are locked and before anything else is."""
    reads = (_MEETINGS, run.pk), (_COUNTS, run.pk), (EVERY_RULE,)
    locked, (meets, counted, rules) = lock_run_and_read(run, *reads)
    meetings = [Meeting(*row) for row in meets]
    counts = Counter({(pk, state): many for pk, state, many in counted})
    return _with_seats(locked, meetings, counts, _touching(meetings, rules))


def lock_seats_of(runs: Iterable[CourseRun]) -> dict[int, LockedRun]:
    """Lock several classes, in the order of their ids, so that two who do so never wait for each other."""
    return {run.pk: lock_seats(run) for run in sorted(runs, key=lambda each: each.pk)}


def seats_of(runs: Iterable[CourseRun]) -> dict[int, Seats]:
    """Return how the seats of classes stand now, without locking: for lists. Three queries, however many."""
    return {each.run.pk: each.seats for each in _counted(list(runs))}


def states_of(runs: Iterable[CourseRun], *, now: datetime) -> dict[int, tuple[RunState, Seats]]:
    """Return states and seats of classes, by their ids: for lists. Three queries, however many."""
    return {each.run.pk: (each.state(now), each.seats) for each in _counted(list(runs))}


def _counted(runs: list[CourseRun]) -> list[LockedRun]:
    if not runs:
        return []
    ids = [run.pk for run in runs]
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for row in _meetings().filter(run_id__in=ids):
        meetings[row[0]].append(Meeting(*row))
    rules = _touching([each for some in meetings.values() for each in some], EVERY_RULE.rows())
    counts = Counter({(run, state): many for run, state, many in _counts().filter(run_id__in=ids)})
    return [_with_seats(run, meetings[run.pk], counts, rules) for run in runs]


def _with_seats(
    run: CourseRun, meetings: list[Meeting], counts: Counter[tuple[int, str]], rules: list[DatedLimit]
) -> LockedRun:
    seats = Seats(
        limit=_limit(run.capacity, meetings, rules),
        taken=counts[run.pk, EnrolmentState.CONFIRMED] + counts[run.pk, EnrolmentState.OFFERED],
        waiting=counts[run.pk, EnrolmentState.WAITLISTED],
        waiting_places=run.waiting_places,
    )
    return LockedRun(run, meetings, rules, seats)


def _touching(meetings: list[Meeting], rules: Rows) -> list[DatedLimit]:
    """Return the rules that hold on some day on which people come together."""
    on_site = [each.on for each in meetings if each.venue]
    if not on_site:
        return []
    first, last = min(on_site), max(on_site)
    return [rule for rule in (DatedLimit(*row) for row in rules) if rule.touches(first, last)]


def _limit(capacity: int | None, meetings: list[Meeting], rules: list[DatedLimit]) -> Limit | None:
    """Return the effective limit: the least of the class's own and of what each session's place and day allow."""
    if not rules:
        # Eight weeks in one room are one and the same.
        meetings = list({each[3:]: each for each in meetings}.values())
    return effective_limit(
        [own_limit(capacity), *(limit for each in meetings for limit in each.limits(rules))]
    )


def _state(run: CourseRun, meetings: list[Meeting], seats: Seats, now: datetime) -> RunState:
    return run_state(
        now=now,
        published_at=run.published_at,
        cancelled_at=run.cancelled_at,
        enrol_from=run.enrol_from,
        enrol_until=run.enrol_until,
        first_at=meetings[0].starts_at if meetings else None,
        last_until=max((each.ends_at for each in meetings), default=None),
        seats_left=seats.free,
    )
