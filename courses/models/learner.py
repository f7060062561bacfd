"""Learners (学员): people who come to classes. They have no account; who they are is design.md §5, Identity."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import Coalesce

from courses.enums import CAME, Sex
from courses.models.area import Area
from courses.models.organisation import Organisation
from courses.models.private import Encrypted, EncryptedField, WithPhone, decrypt, encrypt, keyed_hash
from courses.models.scope import organisations_of
from courses.rules.names import name_key
from courses.rules.phones import masked

TAIL = 4


class LearnerQuerySet(models.QuerySet["Learner"]):
    """What one asks of learners."""

    def visible_to(self, user: Any):
        """Those who are known at an organisation in the branch of the identity ``user`` acts under."""
        known = LearnerPlace.objects.filter(organisation_id__in=organisations_of(user).values("pk"))
        return self.filter(pk__in=known.values("learner_id"))

    def canonical(self):
        """Without those merged into another one and those erased: the people there are."""
        return self.filter(merged_into=None, erased_at=None)

    def rows_of(self, people):
        """All rows that count as these people: their own and those merged into them. Takes ids, or a query of them.

        In no order: by name, as learners otherwise come, SQLite reads through everybody there is.
        """
        return self.filter(Q(pk__in=people) | Q(merged_into__in=people)).order_by()

    def with_phone(self, number: str):
        """The household: everybody under this normalised number."""
        return self.filter(phone_key=keyed_hash("phone", number)) if number else self.none()

    def found_by(self, words: str):
        """By the beginning of the name, or by the last four digits of the telephone number."""
        if words.isascii() and words.isdecimal():
            return (
                self.filter(phone_tail_key=keyed_hash("tail", words)) if len(words) == TAIL else self.none()
            )
        return self.filter(name_key__startswith=name_key(words)) if name_key(words) else self.none()

    def maybe_twice(self, among: "LearnerQuerySet"):
        """Those who may stand in ``among`` twice: the birth year and the name, or the year and the phone, are the same.

        Counted in one pass over ``among``: asking for each one's twins takes seconds from 3,000 on.
        """
        counted = among.order_by().annotate(
            of_name=Window(Count("*"), partition_by=[F("name_key"), F("birth_year")]),
            of_phone=Window(Count("*"), partition_by=[F("phone_key"), F("birth_year")]),
        )
        same_phone = Q(of_phone__gt=1, birth_year__isnull=False) & ~Q(phone_key="")
        return self.filter(pk__in=counted.filter(Q(of_name__gt=1) | same_phone).values("pk"))

    def not_seen_since(self, moment: datetime):
        """Those who neither registered nor enrolled nor came nor became known anywhere since then.

        What the rows did that were merged into them is theirs.
        """
        seen = LearnerPlace.objects.filter(learner_id=OuterRef("pk"), since__gte=moment)
        enrolled = Learner.objects.filter(enrolments__created_at__gte=moment)
        came = Learner.objects.filter(
            attendances__happened_at__gte=moment, attendances__state__in=CAME, attendances__corrected_by=None
        )
        rows = self.filter(~Exists(seen), created_at__lt=moment)
        return rows.exclude(pk__in=enrolled.persons()).exclude(pk__in=came.persons())

    def persons(self):
        """Return the ids of whom these rows count as."""
        return self.annotate(person=Coalesce("merged_into_id", "pk")).values("person")


class Learner(WithPhone):
    """A learner. Phone HMAC and normalised name identify; without a phone, name, birth year and street.

    A merged learner keeps its row and its attendances; counting follows ``merged_into``. An erased one keeps
    nothing but what counting needs: its id, and whether it was of age: birth year or the own word.
    """

    name = models.CharField("姓名", max_length=40)
    name_key = models.CharField(max_length=40, db_index=True, editable=False)
    phone_key = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    phone_tail_key = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    birth_year = models.PositiveSmallIntegerField("出生年份", null=True, blank=True)
    says_senior = models.BooleanField(
        "自己说满 60 岁了", default=False, help_text="不知道哪年生的，打这个勾。"
    )
    sex = models.CharField("性别", max_length=10, choices=Sex.choices, blank=True)
    area: Any = models.ForeignKey(
        Area, verbose_name="住在哪个街镇", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact_name = models.CharField(
        "有事找谁", max_length=40, blank=True, help_text="家人或居委干部，可以空着。"
    )
    contact_phone = EncryptedField("那个人的电话", blank=True, default="", editable=False)
    is_identity_confirmed = models.BooleanField(
        "没有手机，工作人员认过人", default=False, help_text="没有手机的人靠姓名、出生年份和街镇来认。"
    )
    merged_into: Any = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = LearnerQuerySet.as_manager()

    shown_to_readers = False

    class Meta:
        verbose_name = "学员"
        verbose_name_plural = "学员"
        default_permissions = ()
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_key", "name_key"],
                condition=~Q(phone_key="") & Q(merged_into=None, erased_at=None),
                name="one_learner_per_phone_and_name",
            )
        ]
        indexes = [
            # Only of those who are merged: of all, SQLite takes it for useless and reads through everybody.
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="learner_merged"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def canonical_of(cls, pk: int) -> "Learner":
        """Return the learner that a row counts as: itself, or the one it was merged into. Raises DoesNotExist."""
        row = cls.objects.select_related("merged_into").get(pk=pk)
        return row.merged_into or row

    def whole_contact_phone(self) -> str:
        """Return the whole number. Only a service that puts down who asked may call this."""
        return decrypt(self.contact_phone)

    @property
    def masked_contact_phone(self) -> str:
        """The number of the one to turn to, as every screen shows it."""
        return masked(decrypt(self.contact_phone))

    def keep_contact_phone(self, number: str) -> None:
        """Take a normalised number, "" for none; the caller saves."""
        self.contact_phone = Encrypted(encrypt(number))

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
        self.phone_tail_key = keyed_hash("tail", number[-TAIL:])


class LearnerPlace(models.Model):
    """An organisation that knows a learner: where they registered or came to class. It decides who sees them."""

    learner: Any = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="places")
    organisation: Any = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    shown_to_readers = False

    class Meta:
        verbose_name = "学员在哪里登记过"
        verbose_name_plural = "学员在哪里登记过"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["learner", "organisation"], name="one_place_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} @ {self.organisation_id}"
