"""Closing a month: a district says what it reports; what changes after that is a correction, and shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, DateField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncMonth

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right, SessionChangeKind, SessionState, TallyLevel
from courses.errors import NotAllowed, Refused
from courses.models import Area, Attendance, HeadCount, MonthLock, SessionChange, Tally
from courses.rules.counting import first_of_month, last_of_month
from courses.services.branches import acting_with
from courses.services.counting.closed import district_id, hold_district
from courses.services.counting.heads import ORGANISER, heads_of
from courses.services.counting.totals import Place, Total, total
from courses.services.counting.where import district

# What happens to a session that changes what is counted in its month.
SHIFTING = (
    SessionChangeKind.MOVED,
    SessionChangeKind.CANCELLED,
    SessionChangeKind.RESTORED,
    SessionChangeKind.NOT_HELD,
)


@dataclass(frozen=True)
class Locked:
    """A closed month: what was reported, what it is now, and what was changed since.

    ``heads`` are those without names that are approved now; ``corrections`` are lines of the roll, heads, and changes
    of sessions.
    """

    lock: MonthLock
    now: Total
    heads: int
    corrections: int

    @property
    def is_changed(self) -> bool:
        return self.corrections > 0 or self.difference != 0

    @property
    def difference(self) -> int:
        """By how many 人次 it has changed since."""
        return self.reported - self.lock.reported

    @property
    def reported(self) -> int:
        """人次 with names, and the heads that the district approved, as they are now."""
        return self.now.attendances + self.heads


@transaction.atomic
def lock_month(*, district: Area, month: date, by: User | None, now: datetime) -> MonthLock:
    """Close a month of a district that is over. Raises NotAllowed, Refused."""
    first = first_of_month(month)
    _refuse_unless_theirs(district, by)
    # Whoever puts something down in this district has asked whether the month is closed: until they are done, it waits.
    hold_district(district.pk, alone=True)
    if first_of_month(now.date()) <= first:
        raise Refused("not-over", "这个月还没有过完，不能锁定。", fields={"month": "这个月还没有过完。"})
    if MonthLock.objects.filter(district=district, month=first).exists():
        raise Refused("locked-already", "这个月已经锁定了。", fields={"month": "已经锁定了。"})
    place = Place.of_district(district)
    reported = total(place, f"{first:%Y-%m}")
    lock = MonthLock.objects.create(
        district=district,
        month=first,
        attendances=reported.attendances,
        people=reported.people,
        heads=heads_of(place, first=first, last=last_of_month(first)).approved,
        at=now,
        by=by,
    )
    record(AuditVerb.CHANGED, by=by, subject=lock, detail=f"locked {district.code} {first:%Y-%m}")
    return lock


def closed_months(districts: Iterable[Area]) -> set[tuple[int, date]]:
    """Return the months of districts that are closed: (the district's id, the month's first day)."""
    return set(MonthLock.objects.filter(district__in=districts).values_list("district_id", "month"))


def locked_months(*districts: Area) -> list[Locked]:
    """Return the closed months of districts, the newest first, with what has changed since. Six queries."""
    rows = MonthLock.objects.filter(district__in=districts).select_related("district", "by")
    locks = list(rows.order_by("-month", "district__code"))
    if not locks:
        return []
    now, heads, added = _now(locks), _heads(), _corrections({lock.district_id for lock in locks})
    keys = {lock.pk: (lock.district_id, f"{lock.month:%Y-%m}") for lock in locks}
    return [
        Locked(lock, now.get(keys[lock.pk], Total()), heads[keys[lock.pk]], added[lock.pk]) for lock in locks
    ]


def _now(locks: list[MonthLock]) -> dict[tuple[int, str], Total]:
    places = {lock.district_id for lock in locks}
    periods = {f"{lock.month:%Y-%m}" for lock in locks}
    rows = Tally.objects.filter(level=TallyLevel.DISTRICT, place__in=places, period__in=periods, subject="")
    values = rows.values_list("place", "period", "attendances", "people")
    return {(place, period): Total(*rest) for place, period, *rest in values}


def _heads() -> Counter[tuple[int, str]]:
    """Return the approved heads by district and month."""
    rows = HeadCount.objects.filter(corrected_by=None, approved_by__isnull=False)
    held = rows.filter(session__state=SessionState.PLANNED)
    cells = held.values_list(district(ORGANISER), TruncMonth("session__starts_at")).order_by()
    found = Counter[tuple[int, str]]()
    for area, month, many in cells.annotate(many=Sum("heads")):
        found[area, f"{month:%Y-%m}"] += many
    return found


def _corrections(districts: set[int]) -> Counter[int]:
    """Return how much was put down after each lock about its month, by the lock's id: three queries, summed there."""
    held, own = F("session__starts_at"), F("held_at")
    changes = SessionChange.objects.filter(kind__in=SHIFTING)
    return (
        _after_locks(districts, Attendance.objects.dated(), at="recorded_at", about=own)
        + _after_locks(districts, HeadCount.objects.all(), at="at", about=held)
        # A moved session was changed in the month it left.
        + _after_locks(districts, changes, at="at", about=Coalesce("was_at", held))
    )


def _after_locks(districts: set[int], rows: QuerySet, *, at: str, about: Combinable) -> Counter[int]:
    """Return how many rows came after the lock of the month that they are ``about``."""
    first = MonthLock.objects.filter(district__in=districts).order_by("at").values("at")[:1]
    lock = MonthLock.objects.filter(
        district=OuterRef("its_district"), month=OuterRef("its_month"), at__lt=OuterRef(at)
    )
    found = (
        rows.filter(**{f"{at}__gt": Subquery(first)})
        .annotate(its_district=district(ORGANISER), its_month=TruncMonth(about, output_field=DateField()))
        .filter(its_district__in=districts)
        .annotate(lock=Subquery(lock.values("pk")[:1]))
        .filter(lock__isnull=False)
    )
    return Counter(dict(found.order_by().values_list("lock").annotate(many=Count("pk"))))


def _refuse_unless_theirs(district: Area, by: User | None) -> None:
    if district.kind != AreaKind.DISTRICT:
        raise Refused("no-district", "锁定是按区来的。请选一个区。", fields={"district": "请选一个区。"})
    if by is None:
        return
    acting = acting_with(by, Right.LOCK_MONTHS)
    area = acting.organisation.area
    if district_id(area) not in {None, district.pk}:
        raise NotAllowed("这个区不归您管。")
