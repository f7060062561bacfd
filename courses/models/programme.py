"""Programmes: what a year is to reach, its phases, its line of plan, and what others report beside us."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.models.area import Area


class Programme(models.Model):
    """A year's aim: a row, not code. 2021: 200,000 人次 by 2021-09-30."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    name = models.CharField("名称", max_length=60)
    target = models.PositiveIntegerField("目标人次")
    starts_on = models.DateField("从哪天起")
    # The target is to be reached by then; the phases may go on.
    due_on = models.DateField("到哪天完成")
    source = models.CharField("依据", max_length=100)
    # Shown as an example until somebody settles it.
    is_example = models.BooleanField("只是举例", default=False)
    responsible = models.CharField("负责人", max_length=100, blank=True)

    class Meta:
        verbose_name = "年度计划"
        verbose_name_plural = "年度计划"
        default_permissions = ()
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("due_on")), name="programme_starts_before_it_is_due"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammePhase(models.Model):
    """A phase of a programme: 4–9 月 深化推进."""

    programme: Any = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField("名称", max_length=30)
    starts_on = models.DateField("从哪天起")
    ends_on = models.DateField("到哪天为止")

    class Meta:
        verbose_name = "阶段"
        verbose_name_plural = "阶段"
        default_permissions = ()
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.name


class PlanPoint(models.Model):
    """A milestone of the plan's line; between two of them it is straight. ``is_inferred``: nobody has said so."""

    programme: Any = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="points")
    on = models.DateField("哪天")
    attendances = models.PositiveIntegerField("该到多少人次")
    note = models.CharField("怎么来的", max_length=100)
    is_inferred = models.BooleanField("推算的", default=False)

    class Meta:
        verbose_name = "进度点"
        verbose_name_plural = "进度点"
        default_permissions = ()
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["programme", "on"], name="one_plan_point_for_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.attendances}"


class DistrictShare(models.Model):
    """What a district is to reach of a programme. None is given until somebody decides it."""

    programme: Any = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="shares")
    district: Any = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    attendances = models.PositiveIntegerField("人次")
    source = models.CharField("依据", max_length=100)

    class Meta:
        verbose_name = "各区的份额"
        verbose_name_plural = "各区的份额"
        default_permissions = ()
        ordering = ["district__code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "district"], name="one_share_for_a_district")
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.attendances}"


class ReportedLine(models.Model):
    """One of the city's four lines as others report it: beside our own figure, never mixed into it.

    ``reported`` is None until a figure with a source is there.
    """

    programme: Any = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField("哪条线", max_length=40)
    planned = models.PositiveIntegerField("计划人次")
    is_ours = models.BooleanField("我们自己", default=False)
    reported = models.PositiveIntegerField("报了多少人次", null=True, blank=True)
    reported_on = models.DateField("哪天报的", null=True, blank=True)
    source = models.CharField("依据", max_length=100, blank=True)
    changed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "全市四条线"
        verbose_name_plural = "全市四条线"
        default_permissions = ()
        ordering = ["-planned"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_line_of_a_name"),
            models.CheckConstraint(
                condition=Q(reported=None) | (Q(reported_on__isnull=False) & ~Q(source="")),
                name="a_reported_figure_has_a_source_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LineActivity(models.Model):
    """An activity that another of the city's lines says it held, out of its own list: never added to our number.

    It is there to be compared (design.md §5, R11). Only sums are kept, nothing of any person.
    """

    line: Any = models.ForeignKey(ReportedLine, on_delete=models.CASCADE, related_name="activities")
    on = models.DateField("日期")
    # As it was written: the street and the place.
    place = models.CharField("地点", max_length=100)
    # What the place is compared by, without blanks and signs that nobody sees.
    place_key = models.CharField(max_length=100, blank=True)
    area: Any = models.ForeignKey(
        Area, verbose_name="街镇", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("活动名称", max_length=100)
    attendances = models.PositiveIntegerField("人次")
    imported_at = models.DateTimeField("什么时候导入的", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    shown_to_readers = False

    class Meta:
        verbose_name = "别的线的活动"
        verbose_name_plural = "别的线的活动"
        default_permissions = ()
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "on", "place", "title"], name="one_activity_of_a_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"
