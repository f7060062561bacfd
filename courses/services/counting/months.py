"""Closing a month: a district says what it reports; what changes after that is a correction, and shows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right
from courses.errors import NotAllowed, Refused
from courses.models import Area, Attendance, MonthLock
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


def locked_months(district: Area) -> list[Locked]:
    """Return the closed months of a district, the newest first, with what has changed since."""
    return [
        Locked(lock, total(Place.of_district(district), f"{lock.month:%Y-%m}"), _corrections(lock))
        for lock in MonthLock.objects.filter(district=district).order_by("-month")
    ]


def _corrections(lock: MonthLock) -> int:
    area = Q(session__run__organiser__area=lock.district_id)
    rows = Attendance.objects.filter(
        area | Q(session__run__organiser__area__parent=lock.district_id), recorded_at__gt=lock.at
    )
    month = {"session__starts_at__year": lock.month.year, "session__starts_at__month": lock.month.month}
    return rows.filter(**month).count()


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
