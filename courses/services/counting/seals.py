"""Sealing what was put down on a day: a hash of its rows, chained to the seal before. No personal data is in it."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.models import Attendance, DailySeal
from courses.services.counting.paging import by_pk

FIRST = "0" * 64


@transaction.atomic
def seal(*, now: datetime) -> list[DailySeal]:
    """Seal every day that is over for long enough, days without rows too; return the new seals."""
    first = _first_unsealed()
    last = timezone.localdate(now - timedelta(hours=settings.SEAL_GRACE_HOURS)) - timedelta(days=1)
    made = []
    while first is not None and first <= last:
        made.append(_sealed(first))
        first += timedelta(days=1)
    return made


def head() -> DailySeal | None:
    """Return the newest seal: whoever knows its hash can tell later whether anything before it was changed."""
    return DailySeal.objects.order_by("-day").first()


def broken_seals() -> Iterator[str]:
    """Yield a sentence for each day whose rows are not what was sealed, or whose seal does not follow the last."""
    previous = FIRST
    for each in DailySeal.objects.order_by("day"):
        digest, rows, last_id = _digest(each.day, each.previous)
        if each.previous != previous:
            yield f"封条 {each.day} 接不上前一天的"
        if (digest, rows, last_id) != (each.digest, each.rows, each.last_id):
            yield f"封条 {each.day} 对不上：封的时候 {each.rows} 行，现在 {rows} 行"
        previous = each.digest


def _first_unsealed() -> date | None:
    newest = head()
    if newest is not None:
        return newest.day + timedelta(days=1)
    first = Attendance.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    return timezone.localdate(first) if first else None


def _sealed(day: date) -> DailySeal:
    newest = head()
    previous = newest.digest if newest else FIRST
    digest, rows, last_id = _digest(day, previous)
    return DailySeal.objects.create(day=day, rows=rows, last_id=last_id, previous=previous, digest=digest)


def _digest(day: date, previous: str) -> tuple[str, int, int]:
    """Return the hash of a day's rows on top of the seal before, how many rows, and the last one's id."""
    midnight = datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
    rows = Attendance.objects.filter(recorded_at__gte=midnight, recorded_at__lt=midnight + timedelta(days=1))
    made, count, last = hashlib.sha256(previous.encode()), 0, 0
    for pk, proof in by_pk(rows, "proof"):
        made.update(f"{pk}:{proof};".encode())
        count, last = count + 1, pk
    return made.hexdigest(), count, last
