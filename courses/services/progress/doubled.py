"""可能拆成两次的课: pairs of sessions that look like one class put down twice (R10). No number changes by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from cms.models import User
from courses.enums import RecordKind
from courses.models import Attendance, ClassSession, Membership
from courses.models.class_session import LONGEST
from courses.rules.counting import first_of_month
from courses.rules.split_sessions import MOST_BETWEEN, are_mostly_same, is_right_after, same_percent
from courses.services.counting.ledger import MANY, batched
from courses.services.counting.where import lies_in
from courses.services.progress.places import seen_by
from courses.services.roll_call.roll import THERE

KEPT_FOR = 10 * 60
WITH = ("run", "teacher", "venue", "room")


class _Moment(NamedTuple):
    """When and where a session was held, and by whom."""

    pk: int
    teacher: int
    venue: int
    room: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Doubled:
    """Two sessions, the second right after the first, with how many people came to each and to both."""

    first: ClassSession
    second: ClassSession
    came_first: int
    came_second: int
    came_to_both: int
    percent: int


def doubled_sessions(acting: Membership, user: User, *, month: date, now: datetime) -> list[Doubled]:
    """Return the pairs of an identity's place and branch whose first session was held in the month of a day.

    The same teacher, the same place, the second within half an hour of the first, and four in five of the names the
    same. Three queries; more only beyond ten thousand. A database that pairs them asks each session about all others
    of its place, which takes longer than fetching a month.
    """
    pairs = list(_pairs(_moments(acting, user, month, now), month))
    there = _who_came({pk for pair in pairs for pk in pair})
    same = [pair for pair in pairs if are_mostly_same(there[pair[0]], there[pair[1]])]
    sessions = _sessions({pk for pair in same for pk in pair})
    return [_doubled(sessions[first], sessions[second], there) for first, second in same]


def how_many_doubled(acting: Membership, user: User, *, now: datetime) -> int:
    """Return how many pairs this month has; good for ten minutes."""
    month = now.date().replace(day=1)
    key = f"doubled-{acting.organisation_id}-{acting.duty}-{month}"
    many = cache.get(key)
    if many is None:
        many = len(doubled_sessions(acting, user, month=month, now=now))
        cache.set(key, many, KEPT_FOR)
    return many


def _moments(acting: Membership, user: User, month: date, now: datetime) -> Iterator[_Moment]:
    """Yield what was held in a month, and in the night that ends it, the first first; nothing more than pairs need."""
    # Two on line have no place in common.
    rows = ClassSession.objects.visible_to(user).planned().in_month(month, and_after=LONGEST + MOST_BETWEEN)
    is_here = lies_in(seen_by(acting).place, organiser="run__organiser")
    held = rows.filter(is_here, ends_at__lte=now, teacher__isnull=False, venue__isnull=False)
    return (_Moment(*row) for row in held.order_by("starts_at", "pk").values_list(*_Moment._fields))


def _pairs(moments: Iterable[_Moment], month: date) -> Iterator[tuple[int, int]]:
    """Yield the ids of two that follow each other at one place, the first of which is of the month."""
    by_place: dict[tuple[int, int, int | None], list[_Moment]] = defaultdict(list)
    every = list(moments)
    for each in every:
        by_place[each.teacher, each.venue, each.room].append(each)
    for first in every:
        if first_of_month(timezone.localtime(first.starts_at).date()) != first_of_month(month):
            continue
        for second in by_place[first.teacher, first.venue, first.room]:
            if is_right_after(ends_at=first.ends_at, starts_at=second.starts_at):
                yield first.pk, second.pk


def _sessions(wanted: set[int]) -> dict[int, ClassSession]:
    found: dict[int, ClassSession] = {}
    for some in batched(sorted(wanted), MANY):
        found |= ClassSession.objects.select_related(*WITH).in_bulk(some)
    return found


def _who_came(sessions: set[int]) -> dict[int, set[int]]:
    """Return who was in each session; who was merged is one person."""
    came: dict[int, set[int]] = defaultdict(set)
    for some in batched(sorted(sessions), MANY):
        rows = Attendance.objects.last().by_person().filter(session__in=some, state__in=THERE)
        for session, person in rows.filter(kind=RecordKind.TRAINING).values_list("session_id", "person"):
            came[session].add(person)
    return came


def _doubled(first: ClassSession, second: ClassSession, there: dict[int, set[int]]) -> Doubled:
    one, other = there[first.pk], there[second.pk]
    return Doubled(first, second, len(one), len(other), len(one & other), same_percent(one, other))
