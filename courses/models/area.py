"""The administrative line: the city, its 16 districts, their streets and towns, and what people call them."""

from typing import Any

from django.db import models

from courses.enums import AreaKind


class AreaQuerySet(models.QuerySet["Area"]):
    """What one asks of areas."""

    def districts(self):
        """The 16 districts, in the order of their codes."""
        return self.filter(kind=AreaKind.DISTRICT).order_by("code")

    def townships(self):
        """Streets, towns and whatever is counted like them."""
        return self.exclude(kind__in=[AreaKind.CITY, AreaKind.DISTRICT]).order_by("code")

    def below(self, district: "Area"):
        """The townships of a district."""
        return self.townships().filter(parent=district)


class Area(models.Model):
    """行政区划: a place of the administrative line. ``code`` is the official one, or ours where there is none."""

    code = models.CharField("代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("级别", max_length=20, choices=AreaKind.choices)
    parent: Any = models.ForeignKey(
        "self",
        verbose_name="上一级",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "区、街镇"
        verbose_name_plural = "区、街镇"
        default_permissions = ()
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """With the district before a township's name: 静安区彭浦镇. Give it a row fetched with its parent."""
        is_below_district = self.parent_id and self.kind != AreaKind.DISTRICT
        return f"{self.parent.name}{self.name}" if is_below_district else self.name


class AreaAlias(models.Model):
    """Another name of an area. One alias may stand for several: then people are asked which one they mean."""

    area: Any = models.ForeignKey(
        Area, verbose_name="区、街镇", on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField("别名", max_length=40, db_index=True)

    class Meta:
        verbose_name = "别名"
        verbose_name_plural = "别名"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_alias_once")]

    def __str__(self) -> str:
        return self.name
