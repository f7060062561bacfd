"""Teachers and volunteers: one table, because one person can be both and cannot be in two rooms at once."""

from typing import Any

from django.conf import settings
from django.db import models

from cms.enums import Scenario
from courses.enums import HalfDay, QualificationKind, TeachingRole, Weekday
from courses.models.organisation import Organisation
from courses.models.private import WithPhone
from courses.models.scope import ScopedQuerySet


class TeachingPerson(WithPhone):
    """Somebody who teaches (授课教师) or helps (助学志愿者). Not an account: ``user`` is set where they have one.

    ``listed_consent_on``: the day they agreed that class pages name them; empty, the page says 有老师教.
    """

    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="所属机构", on_delete=models.PROTECT, related_name="teaching_people"
    )
    role = models.CharField("做什么", max_length=20, choices=TeachingRole.choices)
    name = models.CharField("姓名", max_length=40)
    number = models.CharField("编号", max_length=20, unique=True, help_text="工牌上的号码。", editable=False)
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登录账号",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="teaching_people",
    )
    speaks_mandarin = models.BooleanField("会说普通话", default=True)
    speaks_shanghainese = models.BooleanField("会说沪语", default=False)
    listed_consent_on = models.DateField("哪天同意公开姓名", null=True, blank=True)
    left_on = models.DateField("哪天离开", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = ScopedQuerySet.as_manager()

    shown_to_readers = True

    class Meta:
        verbose_name = "教师和志愿者"
        verbose_name_plural = "教师和志愿者"
        default_permissions = ()
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class TaughtScenario(models.Model):
    """A scenario that somebody can teach or help with."""

    person: Any = models.ForeignKey(TeachingPerson, on_delete=models.CASCADE, related_name="scenarios")
    scenario = models.CharField("应用场景", max_length=20, choices=Scenario.choices)

    class Meta:
        verbose_name = "能教的场景"
        verbose_name_plural = "能教的场景"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "scenario"], name="one_scenario_once_each")]

    def __str__(self) -> str:
        return self.get_scenario_display()


class Availability(models.Model):
    """A half day of the week on which somebody usually has time."""

    person: Any = models.ForeignKey(TeachingPerson, on_delete=models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField("星期", choices=Weekday.choices)
    half_day = models.CharField("半天", max_length=10, choices=HalfDay.choices)

    class Meta:
        verbose_name = "有空的时间"
        verbose_name_plural = "有空的时间"
        default_permissions = ()
        ordering = ["weekday", "half_day"]
        constraints = [
            models.UniqueConstraint(fields=["person", "weekday", "half_day"], name="one_half_day_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}{self.get_half_day_display()}"


class Qualification(models.Model):
    """What somebody has proved, on which day, and for how long it holds.

    ``edition`` is the number of the service handbook's edition that was read; "" for the other kinds.
    """

    person: Any = models.ForeignKey(TeachingPerson, on_delete=models.CASCADE, related_name="qualifications")
    kind = models.CharField("什么", max_length=20, choices=QualificationKind.choices)
    passed_on = models.DateField("哪天")
    valid_until = models.DateField("有效到", null=True, blank=True)
    edition = models.CharField("手册第几版", max_length=10, blank=True)

    class Meta:
        verbose_name = "资格"
        verbose_name_plural = "资格"
        default_permissions = ()
        ordering = ["kind", "-passed_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.passed_on:%Y-%m-%d}"
