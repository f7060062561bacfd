"""Places: a venue, its rooms with seats, opening hours, and when it is closed."""

import secrets
from datetime import date, time
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from courses.enums import VenueKind, Weekday
from courses.models.area import Area
from courses.models.organisation import Organisation
from courses.models.scope import ScopedQuerySet
from courses.rules.opening import Hours

# Without what looks alike on paper: 0 and O, 1, I and L.
_SIGN_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_sign_code() -> str:
    """Return a code for a door sign that nobody guesses: 10 characters out of 31."""
    return "".join(secrets.choice(_SIGN_LETTERS) for _ in range(10))


def _in_use(*, on: date) -> Q:
    """The condition that something has not been given up by that day: from ``closed_on`` on it is."""
    return Q(closed_on=None) | Q(closed_on__gt=on)


class VenueQuerySet(ScopedQuerySet):
    """What one asks of venues."""

    def in_use(self, *, on: date):
        """Those that have not been given up by that day; they may be closed for a while."""
        return self.filter(_in_use(on=on))

    def usable(self, *, on: date):
        """Those in use that are not closed as a whole on that day."""
        closed = Closure.objects.on(on).filter(venue=OuterRef("pk"), room=None)
        return self.in_use(on=on).exclude(Exists(closed))


class Venue(models.Model):
    """场地: where classes are held. It belongs to the organisation that looks after it; NULL capacity is unlimited.

    A learning site (学习点) is an organisation; a venue is a house with an address. Barrier-free details stand on
    the class page: a senior decides by them whether to come.
    """

    organisation: Any = models.ForeignKey(
        Organisation, verbose_name="谁管", on_delete=models.PROTECT, related_name="venues"
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("哪一类", max_length=20, choices=VenueKind.choices)
    area: Any = models.ForeignKey(Area, verbose_name="街镇", on_delete=models.PROTECT, related_name="venues")
    address = models.CharField("地址", max_length=100, help_text="路名和门牌，比如：田林路 100 号。")
    way = models.TextField(
        "怎么去", max_length=300, blank=True, help_text="坐几路车，从哪个门进，几楼。说给没去过的老人听。"
    )
    has_step_free_way = models.BooleanField("没有台阶，轮椅能到", default=False)
    has_hearing_loop = models.BooleanField("有助听设备", default=False)
    has_wifi = models.BooleanField("有 Wi-Fi", default=False)
    has_projector = models.BooleanField("有投影或大屏幕", default=False)
    is_epidemic_ready = models.BooleanField("有防疫条件", default=False)
    epidemic_checked_on = models.DateField("防疫条件哪天核的", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "最多容纳", null=True, blank=True, help_text="整个场地同时能进多少人。空着就是不限。"
    )
    picture: Any = models.ForeignKey(
        "cms.ContentImage",
        verbose_name="照片",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sign_code = models.CharField(
        "门牌验证码", max_length=10, unique=True, default=new_sign_code, editable=False
    )
    closed_on = models.DateField("不再用的日期", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "场地"
        verbose_name_plural = "场地"
        default_permissions = ()
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_given_up(self, *, on: date) -> bool:
        """True from the day on which it is not used any more."""
        return self.closed_on is not None and self.closed_on <= on


class RoomQuerySet(ScopedQuerySet):
    """What one asks of rooms. A venue that is closed closes all of its rooms."""

    owner = "venue__organisation_id"

    def in_use(self, *, on: date):
        """Those that have not been given up by that day."""
        return self.filter(_in_use(on=on))

    def usable(self, *, on: date):
        """Those in use, in a usable venue, that are not closed themselves on that day."""
        closed = Closure.objects.on(on).filter(room=OuterRef("pk"))
        venues = Venue.objects.usable(on=on).values("pk")
        return self.in_use(on=on).filter(venue__in=venues).exclude(Exists(closed))

    def open_at(self, weekday: int, start: time, end: time):
        """Those open on that day of the week from ``start`` until ``end``, without a break."""
        hours = OpeningHours.objects.filter(
            room=OuterRef("pk"), weekday=weekday, opens__lte=start, closes__gte=end
        )
        return self.filter(Exists(hours))


class Room(models.Model):
    """教室: a room of a venue. NULL seats are unlimited, 0 is none."""

    venue: Any = models.ForeignKey(Venue, verbose_name="场地", on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField("门牌", max_length=20, help_text="门上写的，比如：203。")
    seats = models.PositiveSmallIntegerField("座位", null=True, blank=True, help_text="空着就是不限。")
    closed_on = models.DateField("不再用的日期", null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = "教室"
        verbose_name_plural = "教室"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="one_room_name_in_a_venue")]

    def __str__(self) -> str:
        return self.name

    def is_given_up(self, *, on: date) -> bool:
        """True from the day on which it is not used any more, for itself or with its venue."""
        return self.venue.is_given_up(on=on) or (self.closed_on is not None and self.closed_on <= on)

    def week(self) -> list[Hours]:
        """Return its opening hours, in order."""
        return [Hours(each.weekday, each.opens, each.closes) for each in self.opening_hours.all()]


class OpeningHours(models.Model):
    """When a room can be used on a day of the week; several rows make a break at noon. Half-open: [opens, closes)."""

    room: Any = models.ForeignKey(
        Room, verbose_name="教室", on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField("星期", choices=Weekday.choices)
    opens = models.TimeField("几点开")
    closes = models.TimeField("几点关")

    class Meta:
        verbose_name = "开放时间"
        verbose_name_plural = "开放时间"
        default_permissions = ()
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="opens_before_it_closes")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosureQuerySet(ScopedQuerySet):
    """What one asks of closures."""

    owner = "venue__organisation_id"

    def on(self, day: date):
        """Those that hold on that day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Closure(models.Model):
    """Days on which a venue, or one room of it, cannot be used; both days included."""

    venue: Any = models.ForeignKey(
        Venue, verbose_name="场地", on_delete=models.CASCADE, related_name="closures"
    )
    room: Any = models.ForeignKey(
        Room,
        verbose_name="教室",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text="空着就是整个场地。",
    )
    starts_on = models.DateField("从哪天起")
    ends_on = models.DateField("到哪天为止")
    reason = models.CharField("为什么", max_length=60)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "暂停使用"
        verbose_name_plural = "暂停使用"
        default_permissions = ()
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="closure_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d}–{self.ends_on:%Y-%m-%d} {self.reason}"
