"""报名: who wants to come to which class, and everything that happened to that wish."""

import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.enums import (
    LIVE_STATES,
    SEATED_STATES,
    EnrolledThrough,
    EnrolmentEventKind,
    EnrolmentState,
    FilledBy,
)
from courses.models.course_run import CourseRun
from courses.models.learner import Learner
from courses.models.private import Encrypted, EncryptedField, decrypt, encrypt, keyed_hash
from courses.models.scope import ScopedQuerySet
from courses.rules.phones import masked

VOUCHER_DIGITS = 8


def voucher_of(nonce: str) -> str:
    """Return the eight digits that stand for a nonce: an HMAC under the vouchers' own key, kept nowhere."""
    made = hmac.new(settings.VOUCHER_KEY.encode(), nonce.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8]) % 10**VOUCHER_DIGITS:0{VOUCHER_DIGITS}}"


class EnrolmentQuerySet(ScopedQuerySet):
    """What one asks of enrolments."""

    owner = "run__organiser_id"

    def live(self):
        """Those still wanted: with a seat, offered one, or waiting."""
        return self.filter(state__in=LIVE_STATES)

    def seated(self):
        """Those who hold a seat, offered ones too."""
        return self.filter(state__in=SEATED_STATES)

    def waiting(self):
        """The waiting list, the next one first."""
        return self.filter(state=EnrolmentState.WAITLISTED).order_by("-priority", "created_at", "pk")

    def with_voucher(self, voucher: str):
        """Those under a number; it is almost always one, and what else one must know tells them apart."""
        return self.filter(voucher_key=keyed_hash("voucher", voucher))


class Enrolment(models.Model):
    """A learner's wish to come to a class. Never deleted; what happened to it are its events.

    ``offered_until`` is set while a seat is offered. ``form_key`` recognises the form it came from, so that the same
    form sent twice shows the same voucher. ``contact_…`` is whom to call about it, where that is not the learner.
    ``has_registered``: the learner was not known before it; `proves_who` says what that is good for.
    """

    run: Any = models.ForeignKey(
        CourseRun, verbose_name="班级", on_delete=models.PROTECT, related_name="enrolments"
    )
    learner: Any = models.ForeignKey(
        Learner, verbose_name="学员", on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField("状态", max_length=10, choices=EnrolmentState.choices)
    # Higher goes first; staff set it, with a reason that stands in the event.
    priority = models.SmallIntegerField("先后", default=0)
    created_at = models.DateTimeField("什么时候报的", default=timezone.now)
    offered_until = models.DateTimeField("座位留到什么时候", null=True, blank=True)
    through = models.CharField("怎么报的", max_length=10, choices=EnrolledThrough.choices)
    filled_by = models.CharField("谁填的", max_length=10, choices=FilledBy.choices, default=FilledBy.SELF)
    contact_name = models.CharField("找谁", max_length=40, blank=True)
    contact_phone = EncryptedField("那个人的电话", blank=True, default="", editable=False)
    consent_version = models.CharField("同意的是哪一版说明", max_length=10)
    consent_at = models.DateTimeField("什么时候同意的", default=timezone.now)
    nonce = models.CharField(max_length=32, editable=False)
    voucher_key = models.CharField(max_length=32, db_index=True, editable=False)
    form_key = models.CharField(max_length=32, blank=True, editable=False)
    has_registered = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    shown_to_readers = False

    class Meta:
        verbose_name = "报名"
        verbose_name_plural = "报名"
        default_permissions = ()
        ordering = ["-priority", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "learner"],
                condition=Q(state__in=LIVE_STATES),
                name="one_live_enrolment_for_a_learner_and_a_class",
            ),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.OFFERED, offered_until__isnull=False)
                | (~Q(state=EnrolmentState.OFFERED) & Q(offered_until=None)),
                name="enrolment_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state"], name="enrolment_run_state"),
            models.Index(
                fields=["offered_until"],
                condition=Q(state=EnrolmentState.OFFERED),
                name="enrolment_open_offers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.learner_id} {self.state}"

    def make_voucher(self) -> None:
        """Give it a number of its own; the caller saves."""
        self.nonce = secrets.token_hex(16)
        self.voucher_key = keyed_hash("voucher", self.voucher)

    @property
    def voucher(self) -> str:
        """The eight digits on the voucher, made anew each time."""
        return voucher_of(self.nonce)

    def is_from_form(self, token: str) -> bool:
        """True when this form, known by its hidden token, made the enrolment."""
        return bool(self.form_key) and hmac.compare_digest(self.form_key, keyed_hash("form", token))

    def keep_contact_phone(self, number: str) -> None:
        """Take a normalised number, "" for none; the caller saves."""
        self.contact_phone = Encrypted(encrypt(number))

    @property
    def masked_contact_phone(self) -> str:
        """The number of the one to call, as every screen shows it."""
        return masked(decrypt(self.contact_phone))

    def whole_contact_phone(self) -> str:
        """Return the whole number. Only a service that puts down who asked may call this."""
        return decrypt(self.contact_phone)

    @property
    def proves_who(self) -> bool:
        """True when whoever holds its voucher and knows the digits is taken for the learner themselves.

        Staff made it, or the learner registered by it. Any other was made from the web under a name and a number that
        neighbours know too: it opens nothing but itself.
        """
        return self.has_registered or self.through != EnrolledThrough.WEB

    @property
    def is_live(self) -> bool:
        """Still wanted."""
        return EnrolmentState(self.state).is_live


class EnrolmentEvent(models.Model):
    """What happened to an enrolment: who, from what, to what, why, when. Only added.

    ``by`` None is the person, or a clock. ``because`` is staff's reason, never anything about the learner.
    """

    enrolment: Any = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("什么事", max_length=10, choices=EnrolmentEventKind.choices)
    from_state = models.CharField("原来", max_length=10, choices=EnrolmentState.choices, blank=True)
    to_state = models.CharField("后来", max_length=10, choices=EnrolmentState.choices)
    at = models.DateTimeField("什么时候", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.CharField("为什么", max_length=100, blank=True)

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "报名的变动"
        verbose_name_plural = "报名的变动"
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.because}"
