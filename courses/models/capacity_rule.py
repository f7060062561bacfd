"""Limits on how many may come, as data: a date, a kind of place, a number, and why."""

from datetime import date

from django.db import models
from django.db.models import Q

from courses.enums import RunMode, VenueKind


class CapacityRuleQuerySet(models.QuerySet["CapacityRule"]):
    """What one asks of capacity rules."""

    def holding(self, *, first: date, last: date):
        """Those that hold on any day of a span, both days included."""
        begun = Q(starts_on=None) | Q(starts_on__lte=last)
        return self.filter(begun & (Q(ends_on=None) | Q(ends_on__gte=first)))


class CapacityRule(models.Model):
    """At most ``limit`` learners in a session of this mode in this kind of place, from a day to a day (both included).

    An empty mode or kind means every one; limit 0 refuses, with the reason. Staff and helpers are not counted.
    Source of the shipped ones: the plan of 2021 (首阶段参与人数 20 人之内，一般不在老年人家中面对面).
    """

    mode = models.CharField("形式", max_length=20, choices=RunMode.choices, blank=True)
    venue_kind = models.CharField("哪一类场地", max_length=20, choices=VenueKind.choices, blank=True)
    limit = models.PositiveSmallIntegerField("最多几位学员", help_text="0 就是不能办。")
    starts_on = models.DateField("从哪天起", null=True, blank=True)
    ends_on = models.DateField("到哪天为止", null=True, blank=True)
    reason = models.CharField("为什么", max_length=100)
    source = models.CharField("依据", max_length=100)

    objects = CapacityRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "人数规定"
        verbose_name_plural = "人数规定"
        default_permissions = ()
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.reason}（最多 {self.limit} 人）"
