"""Organisations: city → district college → school → learning site, the guidance line (业务指导)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from courses.enums import ExternalSystem, OrganisationKind
from courses.models.area import Area
from courses.models.private import Encrypted, EncryptedField, decrypt, encrypt
from courses.rules.phones import masked


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """What one asks of organisations."""

    def branch(self, root: "Organisation"):
        """``root`` and everything it guides, directly or through others."""
        return self.filter(lineage__startswith=root.lineage)

    def visible_to(self, user: Any):
        """Those in the branch of the identity ``user`` acts under."""
        # What a branch is is said there once; it is asked of this table itself.
        from courses.models.scope import organisations_of

        return self.filter(pk__in=organisations_of(user).values("pk"))

    def add_many(self, organisations: list[Any]) -> None:
        """Add organisations whose ``guided_by`` is saved already, in two queries; in place of ``save()``."""
        for made in self.bulk_create(organisations):
            made.lineage = made.lineage_below(made.guided_by)
        self.bulk_update(organisations, ["lineage"], batch_size=500)

    def open(self, *, on: date):
        """Those that have not closed by that day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))


class Organisation(models.Model):
    """An organisation of the guidance line. The administrative line is ``area``: which district or street runs it.

    ``lineage`` is ``/1/15/203/``, the ids from the top down to this one: a branch is found by how it begins.
    Source: facts.md §1.2 (guidance is not administration; what a school calls itself differs).
    """

    kind = models.CharField("级别", max_length=20, choices=OrganisationKind.choices)
    kind_name = models.CharField(
        "自己怎么叫",
        max_length=30,
        blank=True,
        help_text="比如：社区（老年）学校、社区教育中心。空着就按级别叫。",
    )
    name = models.CharField("全称", max_length=60)
    short_name = models.CharField(
        "简称", max_length=20, blank=True, help_text="列表和课表里用。空着就用全称。"
    )
    code = models.CharField(
        "机构代码", max_length=20, unique=True, help_text="只用大写字母、数字和短横，比如 XH、XH-TL。"
    )
    guided_by: Any = models.ForeignKey(
        "self",
        verbose_name="业务指导",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guided",
        help_text="上一级是谁。指导不等于行政上的隶属。",
    )
    area: Any = models.ForeignKey(
        Area,
        verbose_name="行政隶属",
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text="由哪个区、哪个街镇来办。",
    )
    lineage = models.CharField(max_length=100, db_index=True, editable=False, default="")
    address = models.CharField("地址", max_length=100, blank=True)
    public_phone = models.CharField("对外电话", max_length=20, blank=True, help_text="印在海报上的那个号码。")
    responsible_name = models.CharField("责任人", max_length=40, blank=True)
    responsible_phone = EncryptedField("责任人电话", blank=True, default="", editable=False)
    operator_name = models.CharField("专人（日常操作）", max_length=40, blank=True)
    operator_phone = EncryptedField("专人电话", blank=True, default="", editable=False)
    is_name_verified = models.BooleanField("名称核对过", default=False)
    source = models.CharField("名称从哪里来", max_length=100, blank=True)
    closed_on = models.DateField("停办日期", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    shown_to_readers = True

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        default_permissions = ()
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def kind_label(self) -> str:
        """What it calls itself, or else the word for its level."""
        return self.kind_name or self.get_kind_display()

    def keep_contact_phone(self, whose: str, number: str) -> None:
        """Take a normalised number of the ``responsible`` or the ``operator``, "" for none; the caller saves."""
        setattr(self, f"{whose}_phone", Encrypted(encrypt(number)))

    def masked_contact_phone(self, whose: str) -> str:
        """The number of the ``responsible`` or the ``operator`` as every screen shows it: 138****0001."""
        return masked(self.whole_contact_phone(whose))

    def whole_contact_phone(self, whose: str) -> str:
        """Return the whole number. Only a service may call this, and puts down who asked if anybody is shown it."""
        return decrypt(getattr(self, f"{whose}_phone"))

    def ancestor_ids(self) -> list[int]:
        """Return the ids above it, the highest first."""
        return [int(part) for part in self.lineage.strip("/").split("/")[:-1]]

    def lineage_below(self, above: "Organisation | None") -> str:
        """Return what its line is when ``above`` guides it."""
        return f"{above.lineage if above else '/'}{self.pk}/"

    def save(self, *args, **kwargs):
        """Also follow a new place in the line, with everything below."""
        super().save(*args, **kwargs)
        before, now = self.lineage, self.lineage_below(self.guided_by)
        if before == now:
            return
        self.lineage = now
        Organisation.objects.filter(pk=self.pk).update(lineage=now)
        if before:
            below = Organisation.objects.filter(lineage__startswith=before)
            below.update(lineage=Concat(Value(now), Substr(F("lineage"), len(before) + 1)))


class ExternalId(models.Model):
    """The number another system knows an organisation by."""

    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="机构", on_delete=models.CASCADE, related_name="external_ids"
    )
    system = models.CharField("哪个系统", max_length=20, choices=ExternalSystem.choices)
    number = models.CharField("那边的编号", max_length=60)

    class Meta:
        verbose_name = "别的系统里的编号"
        verbose_name_plural = "别的系统里的编号"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="one_external_number_once")]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.number}"
