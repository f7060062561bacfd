"""可能拆成两次的课: pairs of sessions that look like one class put down twice (R10). No number changes by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from cms.models import User
from courses.enums import RecordKind
from courses.models import Attendance, ClassSession, Membership
from courses.models.class_session import LONGEST, ClassSessionQuerySet
from courses.rules.split_sessions import MOST_BETWEEN, are_mostly_same, is_right_after, same_percent
from courses.services.counting.ledger import MANY, batched
from courses.services.counting.where import lies_in
from courses.services.progress.places import seen_by
from courses.services.roll_call.roll import THERE

KEPT_FOR = 10 * 60
WITH = ("run", "teacher", "venue", "room")


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
    same. Three queries, however many there are; more only beyond ten thousand sessions.
    """
    held = _held(acting, user, now)
    begins = _twin().filter(
        starts_at__gte=OuterRef("ends_at"), starts_at__lte=OuterRef("ends_at") + MOST_BETWEEN
    )
    follows = _twin().filter(
        # No session is longer: that lets an index find them.
        starts_at__gte=OuterRef("starts_at") - LONGEST - MOST_BETWEEN,
        ends_at__lte=OuterRef("starts_at"),
        ends_at__gte=OuterRef("starts_at") - MOST_BETWEEN,
    )
    near = held.in_month(month, and_after=LONGEST + MOST_BETWEEN)
    firsts = held.in_month(month).filter(Exists(begins)).select_related(*WITH)
    seconds = near.filter(Exists(follows)).select_related(*WITH)
    pairs = list(_pairs(firsts.order_by("starts_at", "pk"), seconds))
    there = _who_came({session.pk for pair in pairs for session in pair})
    return [
        _doubled(first, second, there[first.pk], there[second.pk])
        for first, second in pairs
        if are_mostly_same(there[first.pk], there[second.pk])
    ]


def how_many_doubled(acting: Membership, user: User, *, now: datetime) -> int:
    """Return how many pairs this month has; good for ten minutes."""
    month = now.date().replace(day=1)
    key = f"doubled-{acting.organisation_id}-{acting.duty}-{month}"
    many = cache.get(key)
    if many is None:
        many = len(doubled_sessions(acting, user, month=month, now=now))
        cache.set(key, many, KEPT_FOR)
    return many


def _held(acting: Membership, user: User, now: datetime) -> ClassSessionQuerySet:
    # Two on line have no place in common.
    rows = ClassSession.objects.visible_to(user).planned()
    is_here = lies_in(seen_by(acting).place, organiser="run__organiser")
    return rows.filter(is_here, ends_at__lte=now, teacher__isnull=False, venue__isnull=False)


def _twin() -> ClassSessionQuerySet:
    """Return the sessions of the same teacher at the same place as the one asked about, whosever."""
    rows = ClassSession.objects.planned().filter(teacher=OuterRef("teacher"), venue=OuterRef("venue"))
    return rows.exclude(pk=OuterRef("pk"))


def _pairs(
    firsts: Iterable[ClassSession], seconds: Iterable[ClassSession]
) -> Iterator[tuple[ClassSession, ClassSession]]:
    by_place: dict[tuple, list[ClassSession]] = defaultdict(list)
    for second in seconds:
        by_place[_place(second)].append(second)
    for first in firsts:
        for second in by_place[_place(first)]:
            if is_right_after(ends_at=first.ends_at, starts_at=second.starts_at):
                yield first, second


def _place(session: ClassSession) -> tuple[int, int, int | None]:
    return session.teacher_id, session.venue_id, session.room_id


def _who_came(sessions: set[int]) -> dict[int, set[int]]:
    """Return who was in each session; who was merged is one person."""
    came: dict[int, set[int]] = defaultdict(set)
    for some in batched(sorted(sessions), MANY):
        rows = Attendance.objects.last().by_person().filter(session__in=some, state__in=THERE)
        for session, person in rows.filter(kind=RecordKind.TRAINING).values_list("session_id", "person"):
            came[session].add(person)
    return came


def _doubled(first: ClassSession, second: ClassSession, one: set[int], other: set[int]) -> Doubled:
    return Doubled(first, second, len(one), len(other), len(one & other), same_percent(one, other))
