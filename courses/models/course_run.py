"""班级: a module, or some of its lessons, taught at a place and a time to people who enrol."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce

from courses.enums import ON_THE_PLAN, RunKind, RunMode, RunState, SessionState, Tongue
from courses.models.catalogue import ModulePage
from courses.models.organisation import Organisation
from courses.models.scope import ScopedQuerySet
from courses.models.term import Term
from courses.models.venue import Room, Venue
from courses.rules.run_state import run_state


class CourseRunQuerySet(ScopedQuerySet):
    """What one asks of classes."""

    owner = "organiser_id"

    def published(self):
        """Those that readers see, also cancelled ones: who enrolled must read so."""
        return self.exclude(published_at=None)

    def with_dates(self):
        """Annotated with ``first_at`` and ``last_until``, over the sessions that are not cancelled."""
        held = Q(sessions__state__in=ON_THE_PLAN)
        return self.annotate(
            first_at=Min("sessions__starts_at", filter=held), last_until=Max("sessions__ends_at", filter=held)
        )

    def in_state(self, state: RunState, *, now: datetime):
        """Those in a state at ``now``: the same rules as `CourseRun.state_at`, asked of the database.

        Whether seats are left is not known here: what is full is among the open ones.
        """
        rows = self.with_dates()
        if state is RunState.CANCELLED:
            return rows.exclude(cancelled_at=None)
        rows = rows.filter(cancelled_at=None)
        if state is RunState.DRAFT:
            return rows.filter(published_at=None)
        rows = rows.exclude(published_at=None)
        if state is RunState.ENDED:
            return rows.filter(last_until__lte=now)
        rows = rows.filter(Q(last_until=None) | Q(last_until__gt=now))
        soon = Q(enrol_from__gt=now)
        if state is RunState.SOON:
            return rows.filter(soon)
        rows = rows.exclude(soon)
        closes = Coalesce("enrol_until", "first_at")
        enrolling = rows.annotate(closes=closes).filter(Q(closes=None) | Q(closes__gt=now))
        if state in {RunState.OPEN, RunState.FULL}:
            return enrolling
        return rows.exclude(pk__in=enrolling.values("pk"))

    def upcoming(self, *, now: datetime):
        """Published, not cancelled, and something is still to come."""
        coming = self.filter(sessions__state=SessionState.PLANNED, sessions__ends_at__gt=now)
        return self.published().filter(cancelled_at=None, pk__in=coming.values("pk"))


class CourseRun(models.Model):
    """A class (班级), or a single drop-in session (单场). Never deleted once it was published: cancelled instead.

    The state is computed (`state`). NULL capacity is unlimited, 0 is none. ``code`` is 学院-学期-number, XH-26B-017.
    """

    code = models.CharField("编号", max_length=20, unique=True, editable=False)
    kind = models.CharField("哪一种", max_length=10, choices=RunKind.choices, default=RunKind.SERIES)
    title = models.CharField("名称", max_length=60)
    module: Any = models.ForeignKey(
        ModulePage,
        verbose_name="课程模块",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
    )
    organiser: Any = models.ForeignKey(
        Organisation, verbose_name="主办", on_delete=models.PROTECT, related_name="runs"
    )
    term: Any = models.ForeignKey(
        Term, verbose_name="学期", null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    mode = models.CharField("形式", max_length=10, choices=RunMode.choices, default=RunMode.ONSITE)
    venue: Any = models.ForeignKey(
        Venue, verbose_name="场地", null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    room: Any = models.ForeignKey(
        Room, verbose_name="教室", null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    # Shown only to those who are enrolled.
    link = models.URLField("线上的链接", max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "最多几位学员", null=True, blank=True, help_text="空着就是不限。"
    )
    minimum = models.PositiveSmallIntegerField("最少几位才开", null=True, blank=True)
    waiting_places = models.PositiveSmallIntegerField(
        "候补最多几位", null=True, blank=True, help_text="空着就是不限，0 是满了就不收。"
    )
    fee = models.DecimalField(
        "学费（元）", max_digits=7, decimal_places=2, default=0, help_text="0 就是不要钱。"
    )
    returning_from = models.DateTimeField(
        "老学员从什么时候先报", null=True, blank=True, help_text="在这里上过课的人可以先报，由工作人员来填。"
    )
    enrol_from = models.DateTimeField("从什么时候报名", null=True, blank=True)
    enrol_until = models.DateTimeField("报名到什么时候", null=True, blank=True)
    audience = models.CharField("谁可以来", max_length=100, blank=True)
    bring = models.CharField("带什么", max_length=100, blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    tongue = models.CharField("上课说", max_length=20, choices=Tongue.choices, default=Tongue.MANDARIN)
    published_at = models.DateTimeField("什么时候公布的", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("什么时候取消的", null=True, blank=True, editable=False)
    cancelled_because = models.CharField("为什么取消", max_length=100, blank=True)
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    # What a row of an imported plan was, so that the same file twice makes no second class of it, whatever
    # happened to the class since. "" for a class that was planned by hand.
    import_key = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        verbose_name = "班级"
        verbose_name_plural = "班级"
        default_permissions = ()
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(capacity=None) | Q(minimum__lte=F("capacity")),
                name="run_minimum_fits_capacity",
            ),
            models.CheckConstraint(
                condition=Q(enrol_from=None) | Q(enrol_until=None) | Q(enrol_from__lt=F("enrol_until")),
                name="run_enrolment_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(returning_from=None) | Q(returning_from__lt=F("enrol_from")),
                name="run_returning_learners_come_first",
            ),
            models.UniqueConstraint(
                fields=["import_key"], condition=~Q(import_key=""), name="one_run_for_an_imported_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def takes_enrolments(self) -> bool:
        """True while people can be enrolled at all: it is published, and not cancelled."""
        return self.published_at is not None and self.cancelled_at is None

    def state_at(self, now: datetime, *, seats_left: int | None) -> RunState:
        """Return the state at a moment. Give it a row from ``with_dates()``; ``seats_left`` None is unlimited."""
        return run_state(
            now=now,
            published_at=self.published_at,
            cancelled_at=self.cancelled_at,
            enrol_from=self.enrol_from,
            enrol_until=self.enrol_until,
            first_at=self.first_at,  # type: ignore[attr-defined]
            last_until=self.last_until,  # type: ignore[attr-defined]
            seats_left=seats_left,
        )

    @property
    def is_single(self) -> bool:
        """Anybody drops in once."""
        return self.kind == RunKind.SINGLE
