"""Terms: when the year's classes run."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class TermQuerySet(models.QuerySet["Term"]):
    """What one asks of terms."""

    def at(self, on: date):
        """The term a day lies in; the latest that has begun where terms touch."""
        return self.filter(starts_on__lte=on, ends_on__gte=on).order_by("-starts_on")


class Term(models.Model):
    """学期: spring (A) or autumn (B) of a year, both days included. ``code`` is part of its classes' codes: 26A."""

    code = models.CharField(
        "代码", max_length=5, unique=True, help_text="年份后两位加 A（春季）或 B（秋季），比如 26B。"
    )
    name = models.CharField("名称", max_length=20)
    starts_on = models.DateField("第一天")
    ends_on = models.DateField("最后一天")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "学期"
        verbose_name_plural = "学期"
        default_permissions = ()
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="term_starts_before_it_ends")
        ]

    def __str__(self) -> str:
        return self.name
