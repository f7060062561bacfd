"""Totals that are kept for speed, and what proves them: seals of recorded days, months that are closed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.enums import TallyLevel
from courses.models.area import Area


class Tally(models.Model):
    """人次 and 人数 of a place, a period and a subject; kept in the transaction of what it counts, re-derivable.

    ``place`` is the id of a district's `Area` or of an organisation, 0 for the city. ``period`` is 2026, 2026-11 or
    2026-W48. ``subject`` is a scenario, "" for all.
    """

    level = models.CharField("哪一级", max_length=10, choices=TallyLevel.choices)
    place = models.PositiveBigIntegerField("哪里")
    period = models.CharField("哪一段时间", max_length=10)
    subject = models.CharField("哪个场景", max_length=20, blank=True)
    # Not "positive": a difference goes in by INSERT … ON CONFLICT, and is looked at before it is added.
    attendances = models.IntegerField("人次", default=0)
    people = models.IntegerField("人数", default=0)

    shown_to_readers = False

    class Meta:
        verbose_name = "合计"
        verbose_name_plural = "合计"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["level", "place", "period", "subject"], name="one_tally_for_each_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.place} {self.period} {self.subject}"


class DailySeal(models.Model):
    """What was put down on a day, sealed: a hash of those rows, chained to the seal before it. Only added."""

    day = models.DateField("哪一天记的", unique=True)
    rows = models.PositiveIntegerField("几行")
    last_id = models.PositiveBigIntegerField("最后一行")
    previous = models.CharField(max_length=64)
    digest = models.CharField("封条", max_length=64)
    at = models.DateTimeField("什么时候封的", default=timezone.now)

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "封条"
        verbose_name_plural = "封条"
        default_permissions = ()
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class MonthLock(models.Model):
    """A month of a district that was reported: what changes after that is a correction, with a reason, and shows."""

    district: Any = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    # The month's first day.
    month = models.DateField("哪个月")
    attendances = models.PositiveIntegerField("锁定时的人次")
    people = models.PositiveIntegerField("锁定时的人数")
    heads = models.PositiveIntegerField("锁定时核准的没有名单的人数", default=0)
    at = models.DateTimeField("什么时候锁的", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "锁定的月份"
        verbose_name_plural = "锁定的月份"
        default_permissions = ()
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["district", "month"], name="a_month_of_a_district_is_locked_once")
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.month:%Y-%m}"

    @property
    def reported(self) -> int:
        """人次 with names, and the heads that the district had approved."""
        return self.attendances + self.heads
