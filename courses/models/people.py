"""Teachers and volunteers: one table, because one person can be both and cannot be in two rooms at once."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cms.enums import Scenario
from courses.enums import HalfDay, QualificationKind, TeachingRole, Weekday
from courses.models.organisation import Organisation
from courses.models.private import WithPhone, keyed_hash
from courses.models.scope import ScopedQuerySet
from courses.rules.availability import week_in_words
from courses.rules.names import name_key
from courses.rules.qualifications import NEEDED, Proof, Standing, standing


class TeachingPersonQuerySet(ScopedQuerySet):
    """What one asks of teachers and volunteers. Timetables ask the same: who is free, who can teach it, who may."""

    def teachers(self):
        """Those who stand in front of a class."""
        return self.filter(role=TeachingRole.TEACHER)

    def volunteers(self):
        """Those who go from seat to seat."""
        return self.filter(role=TeachingRole.VOLUNTEER)

    def active(self, *, on: date):
        """Those who have not left by that day."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=on))

    def can_teach(self, scenario: str):
        """Those who can teach this scenario, or help with it."""
        return self.filter(pk__in=TaughtScenario.objects.filter(scenario=scenario).values("person"))

    def free(self, weekday: int, half_day: str):
        """Those who usually have time on this half day of the week."""
        free = Availability.objects.filter(weekday=weekday, half_day=half_day)
        return self.filter(pk__in=free.values("person"))

    def qualified(self, *, on: date, edition: int | None = None):
        """Those who hold on that day all that their role needs (rules/qualifications.py).

        ``edition``: having read an older one of the service handbook is not enough.
        """
        holding = Qualification.objects.holding(on=on, edition=edition)
        return self.filter(_has_all(holding))

    def lacking(self, *, on: date):
        """Those who by that day never proved something that their role needs."""
        return self.exclude(_has_all(Qualification.objects.filter(passed_on__lte=on)))

    def lapsed(self, *, on: date):
        """Those who proved everything once, and some of it has expired by that day."""
        ever = _has_all(Qualification.objects.filter(passed_on__lte=on))
        return self.filter(ever).exclude(_has_all(Qualification.objects.holding(on=on)))

    def with_all(self):
        """With what lists and pages say about each, in a few queries for all."""
        return self.select_related("organisation").prefetch_related(
            "scenarios", "availabilities", "qualifications"
        )

    def same_person(self, *, name: str, phone: str):
        """Those with this normalised number whose name is spelled so or alike; nobody without a number."""
        return (
            self.filter(phone_key=keyed_hash("phone", phone), name_key=name_key(name))
            if phone
            else self.none()
        )


def _has_all(proofs: models.QuerySet) -> Q:
    """Return the condition that among ``proofs`` is one of every kind that the person's role needs."""
    each = Q()
    for role, kinds in NEEDED.items():
        having = Q(role=role)
        for kind in kinds:
            having &= Q(Exists(proofs.filter(person=OuterRef("pk"), kind=kind)))
        each |= having
    return each


class TeachingPerson(WithPhone):
    """Somebody who teaches (授课教师) or helps (助学志愿者). Not an account: ``user`` is set where they have one.

    ``listed_consent_on``: the day they agreed that class pages name them; empty, the page says 有老师教.
    """

    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="所属机构", on_delete=models.PROTECT, related_name="teaching_people"
    )
    role = models.CharField("做什么", max_length=20, choices=TeachingRole.choices)
    name = models.CharField("姓名", max_length=40)
    name_key = models.CharField(max_length=40, db_index=True, editable=False, default="")
    phone_key = models.CharField(max_length=32, blank=True, db_index=True, editable=False, default="")
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
    speaks_shanghainese = models.BooleanField("会说上海话", default=False)
    listed_consent_on = models.DateField("哪天同意公开姓名", null=True, blank=True)
    left_on = models.DateField("哪天离开", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = TeachingPersonQuerySet.as_manager()

    shown_to_readers = True

    class Meta:
        verbose_name = "教师和志愿者"
        verbose_name_plural = "教师和志愿者"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "phone_key", "name_key"],
                condition=~Q(phone_key=""),
                name="one_teaching_person_in_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Also keep what the name is found by."""
        self.name_key = name_key(self.name)
        if (fields := kwargs.get("update_fields")) and "name" in fields:
            kwargs["update_fields"] = {*fields, "name_key"}
        super().save(*args, **kwargs)

    def keep_phone(self, number: str) -> None:
        """Also keep what it is found by."""
        super().keep_phone(number)
        self.phone_key = keyed_hash("phone", number)

    def is_active(self, *, on: date) -> bool:
        """True while they have not left."""
        return self.left_on is None or self.left_on > on

    # What follows reads rows that a list has fetched before (`with_all`).

    @property
    def scenario_words(self) -> str:
        """What they can teach, in the order of the ten: 就医、扫码."""
        taught = {each.scenario for each in self.scenarios.all()}
        return "、".join(scenario.label for scenario in Scenario if scenario in taught)

    @property
    def language_words(self) -> str:
        """What they speak: 普通话、上海话."""
        spoken = [("普通话", self.speaks_mandarin), ("上海话", self.speaks_shanghainese)]
        return "、".join(word for word, speaks in spoken if speaks)

    @property
    def week_words(self) -> str:
        """When they usually have time: 周一上午、周三下午."""
        return week_in_words((each.weekday, each.half_day) for each in self.availabilities.all())

    def standing(self, *, on: date) -> Standing:
        """Return how far they are with what their role needs."""
        proofs = (Proof(each.kind, each.passed_on, each.valid_until) for each in self.qualifications.all())
        return standing(role=self.role, proofs=proofs, on=on)


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


class QualificationQuerySet(models.QuerySet["Qualification"]):
    """What one asks of qualifications."""

    def holding(self, *, on: date, edition: int | None = None):
        """Those that hold on that day; ``edition``: without handbooks read in an older one."""
        held = self.filter(passed_on__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))
        if edition is None:
            return held
        return held.filter(~Q(kind=QualificationKind.HANDBOOK_READ) | Q(edition__gte=edition))


class Qualification(models.Model):
    """What somebody has proved, on which day, and for how long it holds (both days included).

    ``edition`` is the number of the service handbook's edition that was read; empty for the other kinds.
    """

    person: Any = models.ForeignKey(TeachingPerson, on_delete=models.CASCADE, related_name="qualifications")
    kind = models.CharField("什么", max_length=20, choices=QualificationKind.choices)
    passed_on = models.DateField("哪天")
    valid_until = models.DateField("有效到", null=True, blank=True)
    edition = models.PositiveSmallIntegerField("手册第几版", null=True, blank=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = "资格"
        verbose_name_plural = "资格"
        default_permissions = ()
        ordering = ["kind", "-passed_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.passed_on:%Y-%m-%d}"

    def is_expired(self, *, on: date) -> bool:
        """True after the last day it holds."""
        return self.valid_until is not None and self.valid_until < on
