"""课次: one meeting of a class, and what happened to it after it was planned."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunMode, SessionChangeKind, SessionState
from courses.models.catalogue import LessonPage
from courses.models.course_run import CourseRun
from courses.models.people import TeachingPerson
from courses.models.scope import ScopedQuerySet
from courses.models.venue import Room, Venue

# No meeting is longer, so whatever overlaps a span began at most so long before it: that makes the search short.
LONGEST = timedelta(hours=12)


class ClassSessionQuerySet(ScopedQuerySet):
    """What one asks of sessions."""

    owner = "run__organiser_id"

    def planned(self):
        """Those that are not cancelled: only they hold rooms and people."""
        return self.filter(state=SessionState.PLANNED)

    def coming(self, *, now: datetime):
        """Those that are not over and not cancelled, the soonest first: the first is when a class meets next."""
        return self.planned().filter(ends_at__gt=now).order_by("starts_at", "pk")

    def overlapping(self, starts_at: datetime, ends_at: datetime):
        """Those that share time with [starts_at, ends_at); touching ends share none."""
        return self.filter(starts_at__lt=ends_at, starts_at__gt=starts_at - LONGEST, ends_at__gt=starts_at)

    def on_day(self, on: date):
        """Those that begin on a day in Shanghai."""
        midnight = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
        return self.filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))

    def in_month(self, month: date, *, and_after: timedelta = timedelta(0)):
        """Those that begin in the month of a day, in Shanghai, or so long after it."""
        first, zone = month.replace(day=1), timezone.get_current_timezone()
        after = (first + timedelta(days=31)).replace(day=1)
        begins, ends = (datetime.combine(each, time.min, tzinfo=zone) for each in (first, after))
        return self.filter(starts_at__gte=begins, starts_at__lt=ends + and_after)


class ClassSession(models.Model):
    """One meeting (课次) of a run, half-open [starts_at, ends_at). It counts for ``main_scenario`` only.

    Place, room and mode are the session's own: a run's are only what new sessions begin with. ``make_up_of`` is the
    cancelled session this one makes up for.
    """

    run: Any = models.ForeignKey(
        CourseRun, verbose_name="班级", on_delete=models.PROTECT, related_name="sessions"
    )
    number = models.PositiveSmallIntegerField("第几次")
    starts_at = models.DateTimeField("几点开始")
    ends_at = models.DateTimeField("几点结束")
    mode = models.CharField("形式", max_length=10, choices=RunMode.choices, default=RunMode.ONSITE)
    venue: Any = models.ForeignKey(
        Venue, verbose_name="场地", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    room: Any = models.ForeignKey(
        Room, verbose_name="教室", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    teacher: Any = models.ForeignKey(
        TeachingPerson,
        verbose_name="授课教师",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="taught_sessions",
    )
    helpers: Any = models.ManyToManyField(
        TeachingPerson, verbose_name="助教志愿者", blank=True, related_name="helped_sessions"
    )
    lessons: Any = models.ManyToManyField(LessonPage, verbose_name="讲哪几课", blank=True, related_name="+")
    main_scenario = models.CharField("主要场景", max_length=20, choices=Scenario.choices)
    state = models.CharField(
        "状态", max_length=10, choices=SessionState.choices, default=SessionState.PLANNED, editable=False
    )
    cancelled_because = models.CharField("为什么取消", max_length=100, blank=True, editable=False)
    make_up_of: Any = models.ForeignKey(
        "self",
        verbose_name="补哪一次",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="make_ups",
        editable=False,
    )

    objects = ClassSessionQuerySet.as_manager()

    # Fetched along where a whole week is shown.
    helpers_there: list[TeachingPerson]

    class Meta:
        verbose_name = "课次"
        verbose_name_plural = "课次"
        default_permissions = ()
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="session_starts_before_it_ends"
            ),
            models.UniqueConstraint(fields=["run", "number"], name="one_session_number_in_a_run"),
        ]
        indexes = [
            models.Index(fields=["room", "starts_at"], name="session_room_time"),
            models.Index(fields=["teacher", "starts_at"], name="session_teacher_time"),
            models.Index(fields=["venue", "starts_at"], name="session_venue_time"),
            models.Index(fields=["starts_at"], name="session_time"),
        ]

    def __str__(self) -> str:
        return f"{self.run.code} 第 {self.number} 次 {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def minutes(self) -> int:
        """How long it lasts, by the clock."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def on(self) -> date:
        """The day it begins, in Shanghai."""
        return timezone.localtime(self.starts_at).date()


class SessionChange(models.Model):
    """What happened to a session, why and by whom: told to learners, kept for auditors. Only added."""

    session: Any = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField("什么事", max_length=10, choices=SessionChangeKind.choices)
    at = models.DateTimeField("什么时候", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.CharField("为什么", max_length=100, blank=True)
    before = models.CharField("原来", max_length=120, blank=True)
    # When a moved session was before: the month it was counted in until then.
    was_at = models.DateTimeField("原来的时间", null=True, blank=True, editable=False)

    insert_only = True

    class Meta:
        verbose_name = "课次的变动"
        verbose_name_plural = "课次的变动"
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.because}"
