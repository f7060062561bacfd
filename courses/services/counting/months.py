"""Closing a month: a district says what it reports; what changes after that is a correction, and shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right, TallyLevel
from courses.errors import NotAllowed, Refused
from courses.models import Area, Attendance, MonthLock, Tally
from courses.rules.counting import first_of_month
from courses.services.branches import acting_with
from courses.services.counting.totals import Place, Total, total


@dataclass(frozen=True)
class Locked:
    """A closed month: what was reported, what it is now, and how many lines were added since."""

    lock: MonthLock
    now: Total
    corrections: int

    @property
    def is_changed(self) -> bool:
        return self.corrections > 0 or self.difference != 0

    @property
    def difference(self) -> int:
        """By how many 人次 it has changed since."""
        return self.now.attendances - self.lock.attendances


@transaction.atomic
def lock_month(*, district: Area, month: date, by: User | None, now: datetime) -> MonthLock:
    """Close a month of a district that is over. Raises NotAllowed, Refused."""
    first = first_of_month(month)
    _refuse_unless_theirs(district, by)
    # Who calls a roll of this district reads its locks: one after the other.
    list(Area.objects.select_for_update(no_key=True).filter(pk=district.pk).values_list("pk"))
    if first_of_month(now.date()) <= first:
        raise Refused("not-over", "这个月还没有过完，不能锁定。", fields={"month": "这个月还没有过完。"})
    if MonthLock.objects.filter(district=district, month=first).exists():
        raise Refused("locked-already", "这个月已经锁定了。", fields={"month": "已经锁定了。"})
    reported = total(Place.of_district(district), f"{first:%Y-%m}")
    lock = MonthLock.objects.create(
        district=district,
        month=first,
        attendances=reported.attendances,
        people=reported.people,
        at=now,
        by=by,
    )
    record(AuditVerb.CHANGED, by=by, subject=lock, detail=f"locked {district.code} {first:%Y-%m}")
    return lock


def closed_months(districts: Iterable[Area]) -> set[tuple[int, date]]:
    """Return the months of districts that are closed: (the district's id, the month's first day)."""
    return set(MonthLock.objects.filter(district__in=districts).values_list("district_id", "month"))


def locked_months(*districts: Area) -> list[Locked]:
    """Return the closed months of districts, the newest first, with what has changed since. Three queries."""
    rows = MonthLock.objects.filter(district__in=districts).select_related("district", "by")
    locks = list(rows.order_by("-month", "district__code"))
    if not locks:
        return []
    now, added = _now(locks), _corrections(locks)
    return [
        Locked(lock, now.get((lock.district_id, f"{lock.month:%Y-%m}"), Total()), added[f"of_{lock.pk}"])
        for lock in locks
    ]


def _now(locks: list[MonthLock]) -> dict[tuple[int, str], Total]:
    places = {lock.district_id for lock in locks}
    periods = {f"{lock.month:%Y-%m}" for lock in locks}
    rows = Tally.objects.filter(level=TallyLevel.DISTRICT, place__in=places, period__in=periods, subject="")
    values = rows.values_list("place", "period", "attendances", "people")
    return {(place, period): Total(*rest) for place, period, *rest in values}


def _corrections(locks: list[MonthLock]) -> dict[str, int]:
    """Return how many lines were put down after each lock about its month."""
    since = min(lock.at for lock in locks)
    rows = Attendance.objects.filter(recorded_at__gt=since).order_by()
    return rows.aggregate(**{f"of_{lock.pk}": Count("pk", filter=_after(lock)) for lock in locks})


def _after(lock: MonthLock) -> Q:
    area = Q(session__run__organiser__area=lock.district_id)
    below = Q(session__run__organiser__area__parent=lock.district_id)
    first, after = _midnight(lock.month), _midnight(first_of_month(lock.month + timedelta(days=31)))
    month = Q(session__starts_at__gte=first, session__starts_at__lt=after)
    return (area | below) & month & Q(recorded_at__gt=lock.at)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())


def _refuse_unless_theirs(district: Area, by: User | None) -> None:
    if district.kind != AreaKind.DISTRICT:
        raise Refused("no-district", "锁定是按区来的。请选一个区。", fields={"district": "请选一个区。"})
    if by is None:
        return
    acting = acting_with(by, Right.LOCK_MONTHS)
    area = acting.organisation.area
    is_city = area.kind == AreaKind.CITY
    if not is_city and district.pk not in {area.pk, area.parent_id}:
        raise NotAllowed("这个区不归您管。")
