"""签到: who was there. Only ever added; what was put down wrongly is put right by another row that says why."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.enums import AttendanceState, Mastery, RecordedHow, RecordKind, RunMode, SessionState
from courses.models.class_session import ClassSession
from courses.models.learner import Learner
from courses.models.scope import ScopedQuerySet

# What the proof is made of, in this order. Nothing of it says who somebody is.
PROVEN = (
    "session_id",
    "learner_id",
    "corrects_id",
    "kind",
    "state",
    "minutes",
    "is_senior",
    "is_self_declared",
    "counts",
    "how",
    "happened_at",
    "recorded_at",
    "by_id",
)


class AttendanceQuerySet(ScopedQuerySet):
    """What one asks of attendances."""

    owner = "session__run__organiser_id"

    def last(self):
        """Those that no other row corrects: what the roll says now."""
        return self.filter(corrected_by=None)

    def counted(self):
        """Those that make a 人次: they say so themselves, and their session was held (design.md §5)."""
        return self.last().filter(counts=True, session__state=SessionState.PLANNED)

    def dated(self):
        """Annotated with ``held_at``: on its day a 人次 counts. The session's (R4); of a recorded one its own (R7)."""
        own = When(session__mode=RunMode.RECORDED, then=F("happened_at"))
        return self.annotate(held_at=Case(own, default=F("session__starts_at")))

    def by_person(self):
        """Annotated with ``person``: the id of the learner that a merged one counts as."""
        return self.annotate(person=Coalesce("learner__merged_into_id", "learner_id"))


class Attendance(models.Model):
    """One line of the roll. The state of somebody in a session is the last of the chain that ``corrects`` makes.

    ``counts`` is what the rules said when it was put down (`courses.rules.counting`), ``is_senior`` likewise; a wrong
    year of birth is put right by another row. ``minutes`` is how long somebody was there, where that matters.
    ``client_id`` is given by a device that was off line, so that nothing it sends twice is put down twice.
    """

    session: Any = models.ForeignKey(
        ClassSession, verbose_name="课次", on_delete=models.PROTECT, related_name="attendances"
    )
    learner: Any = models.ForeignKey(
        Learner, verbose_name="学员", on_delete=models.PROTECT, related_name="attendances"
    )
    corrects: Any = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    kind = models.CharField(
        "培训还是帮办", max_length=10, choices=RecordKind.choices, default=RecordKind.TRAINING
    )
    state = models.CharField("到了没有", max_length=10, choices=AttendanceState.choices)
    minutes = models.PositiveSmallIntegerField("在了几分钟", null=True, blank=True)
    is_senior = models.BooleanField("满 60 岁")
    is_self_declared = models.BooleanField("自己说满 60 岁", default=False)
    counts = models.BooleanField("算一人次")
    how = models.CharField("怎么记的", max_length=10, choices=RecordedHow.choices)
    happened_at = models.DateTimeField("什么时候到的")
    recorded_at = models.DateTimeField("什么时候记的", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.CharField("为什么", max_length=100, blank=True)
    client_id = models.UUIDField(null=True, blank=True, editable=False)
    proof = models.CharField(max_length=32, editable=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = AttendanceQuerySet.as_manager()

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "签到"
        verbose_name_plural = "签到"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"],
                condition=Q(corrects=None),
                name="one_first_line_for_a_session_and_a_learner",
            ),
            models.UniqueConstraint(
                fields=["client_id"],
                condition=Q(client_id__isnull=False),
                name="one_line_for_what_a_device_sent",
            ),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="attendance_recorded")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.learner_id} {self.state}"

    def save(self, *args, **kwargs):
        """Also prove what it says; there is no saving it again."""
        self.proof = self.proven()
        super().save(*args, **kwargs)

    def proven(self) -> str:
        """Return the keyed hash of what the row says: somebody who alters it in the database cannot make another."""
        return proof_of(tuple(getattr(self, name) for name in PROVEN))

    @property
    def is_late_entry(self) -> bool:
        """补录: put down on a later day than it happened; who studies alone may finish after the session's day."""
        happened_on = max(self.session.on, timezone.localtime(self.happened_at).date())
        return timezone.localtime(self.recorded_at).date() > happened_on


def proof_of(values: tuple[Any, ...]) -> str:
    """Return the keyed hash of a row's values, those of `PROVEN` in that order."""
    words = "|".join(_word(value) for value in values)
    key = settings.ATTENDANCE_KEY.encode()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:32]


def _word(value: Any) -> str:
    # To the microsecond, as both databases keep a moment; whatever zone it was given in.
    if hasattr(value, "timestamp"):
        return f"{value.timestamp():.6f}"
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


class HeadCount(models.Model):
    """People who were there and whose names nobody has: listed apart, and reported only where a district says so."""

    session: Any = models.ForeignKey(
        ClassSession, verbose_name="课次", on_delete=models.PROTECT, related_name="head_counts"
    )
    corrects: Any = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    heads = models.PositiveSmallIntegerField("几个人")
    # Who of the district lets them count, and why; nobody: they do not.
    approved_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.CharField("为什么", max_length=100, blank=True)
    at = models.DateTimeField("什么时候记的", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "没有名单的人数"
        verbose_name_plural = "没有名单的人数"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(corrects=None), name="one_first_head_count_of_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.heads}"


class OutcomeQuerySet(ScopedQuerySet):
    """What one asks of outcomes."""

    owner = "session__run__organiser_id"

    def standing(self):
        """Those that stand: nothing newer was said of the same person, lesson and time of asking."""
        same = {name: OuterRef(name) for name in ("session", "learner", "lesson_code", "after_days")}
        return self.filter(~Exists(Outcome.objects.filter(**same, pk__gt=OuterRef("pk"))))

    def by_person(self):
        """Annotated with ``person``: the id of the learner that a merged one counts as."""
        return self.annotate(person=Coalesce("learner__merged_into_id", "learner_id"))


class Outcome(models.Model):
    """How somebody left a lesson, said at the end of the roll call or when they were called later. Only added."""

    session: Any = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="outcomes")
    learner: Any = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="outcomes")
    # "" where a session has no lessons named.
    lesson_code = models.CharField("哪一课", max_length=20, blank=True)
    # 0: at the end of the session; 3 and 14: called so many days later.
    after_days = models.PositiveSmallIntegerField("几天以后", default=0)
    mastery = models.CharField("学会了没有", max_length=10, choices=Mastery.choices)
    at = models.DateTimeField(default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OutcomeQuerySet.as_manager()

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "学会了没有"
        verbose_name_plural = "学会了没有"
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.learner_id} {self.lesson_code} {self.mastery}"
