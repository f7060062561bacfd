"""One venue: what is known of it, its rooms, when it is closed, and the sign for its door."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.services.at_hand import rendition_of
from courses.desk.listing import Button
from courses.desk.places.base import VenueMixin
from courses.desk.places.venues import number_in_words
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.models import Closure, Room, Venue
from courses.rules.opening import week_in_words

# Closures that are over are shown for as long as somebody may ask about them here.
LATEST_CLOSURES = 20


def barriers_in_words(venue: Venue) -> str:
    """Return how one gets in and hears, in words; what is missing is said too."""
    way = "没有台阶，轮椅能到。" if venue.has_step_free_way else "有台阶。"
    return way + ("有助听设备。" if venue.has_hearing_loop else "没有助听设备。")


def equipment_in_words(venue: Venue) -> str:
    """Return what stands there for a class."""
    there = [(venue.has_wifi, "有 Wi-Fi"), (venue.has_projector, "有投影或大屏幕")]
    return "，".join(words for has, words in there if has) or "没有 Wi-Fi，没有投影"


def epidemic_in_words(venue: Venue) -> str:
    """Return whether it is fit for an epidemic, with the day somebody looked."""
    checked = venue.epidemic_checked_on
    day = f"，{checked:%Y-%m-%d} 核的" if checked else ""
    return f"{'有' if venue.is_epidemic_ready else '没有'}{day}"


def days_in_words(closure: Closure) -> str:
    """Return when it is closed and why; one day is said as one, and this year's days go without a year."""

    def day(on: date) -> str:
        year = "" if on.year == timezone.localdate().year else f"{on.year}年"
        return f"{year}{on.month}月{on.day}日"

    first, last = closure.starts_on, closure.ends_on
    days = f"{day(first)} 一天" if first == last else f"{day(first)} 到 {day(last)}"
    return f"{days} {closure.reason}"


def room_in_words(room: Room) -> str:
    """Return a room's seats and week in one line."""
    week = "；".join(f"{days} {hours}" for days, hours in week_in_words(room.week()))
    seats = "座位不限" if room.seats is None else f"{room.seats} 座"
    closed = f"，{room.closed_on:%Y-%m-%d} 起不用" if room.closed_on else ""
    return f"{seats}，{week or '没有填开放时间'}{closed}"


class VenuePage(VenueMixin, DeskShow):
    """Facts, rooms, closures, the sign."""

    right = Right.SEE_PLACES

    def get_page_title(self):
        return self.venue.name

    def get_above(self):
        return super().get_above()[:-1]

    @property
    def may_change(self) -> bool:
        return self.may(Right.CHANGE_PLACES)

    def link(self, name: str) -> str:
        """Return the address of another screen of this venue."""
        return reverse(f"desk:{name}", args=[self.venue.pk])

    def get_facts(self):
        one = self.venue
        closed = f"从 {one.closed_on:%Y-%m-%d} 起不再用" if one.closed_on else ""
        return [
            Fact("还用吗", closed),
            Fact("哪一类", one.get_kind_display()),
            Fact("谁管", one.organisation.name),
            Fact("地址", f"{one.area.full_name} {one.address}"),
            Fact("怎么去", one.way),
            Fact("进得去吗", barriers_in_words(one)),
            Fact("设备", equipment_in_words(one)),
            Fact("防疫条件", epidemic_in_words(one)),
            Fact("同时最多几个人", number_in_words(one.capacity)),
        ]

    def get_buttons(self):
        if not self.may_change:
            return []
        give_up = ("恢复使用", "venue_reopen") if self.venue.closed_on else ("不再用了", "venue_close")
        return [
            Button("改", self.link("venue_edit"), is_chief=True),
            Button(give_up[0], self.link(give_up[1])),
        ]

    def get_parts(self):
        return [self.rooms(), self.closures(), self.sign(), *self.picture()]

    def rooms(self) -> Part:
        """The rooms with seats and hours."""
        rooms = self.venue.rooms.prefetch_related("opening_hours")
        lines = [(room.name, reverse("desk:room", args=[room.pk]), room_in_words(room)) for room in rooms]
        buttons = [Button("加教室", self.link("room_new"))] if self.may_change else []
        return Part("教室", lines=lines, empty="还没有教室。加一间，才能排课。", buttons=buttons)

    def closures(self) -> Part:
        """The closures, the newest first; those that are not over can be removed."""
        rows = self.venue.closures.select_related("room").order_by("-starts_on", "-pk")[:LATEST_CLOSURES]
        lines = [(days_in_words(each), self.removal_of(each), self.closed_in_words(each)) for each in rows]
        buttons = [Button("加暂停的日子", self.link("closure_new"))] if self.may_change else []
        return Part("暂停使用", lines=lines, empty="没有暂停的日子。", buttons=buttons)

    def closed_in_words(self, closure: Closure) -> str:
        """Return what is closed, and that one may end it early."""
        what = f"教室 {closure.room}" if closure.room else "整个场地"
        return f"{what}。点日子，可以提前恢复。" if self.removal_of(closure) else what

    def removal_of(self, closure: Closure) -> str:
        """Return where a closure is removed; "" when it is over or one may not."""
        is_over = closure.ends_on < timezone.localdate()
        return "" if is_over or not self.may_change else reverse("desk:closure_remove", args=[closure.pk])

    def sign(self) -> Part:
        """The sign for the door of the house; each room has its own."""
        public = reverse("sign", args=[self.venue.sign_code])
        lines = [("看看扫出来是什么", public, f"{settings.PUBLIC_URL}{public}")]
        is_used = not self.venue.is_given_up(on=timezone.localdate())
        buttons = [Button("打印大门的门牌", self.link("venue_sign"))] if is_used else []
        if self.may_change:
            buttons.append(Button("换门牌上的码", self.link("sign_renew")))
        return Part("门牌", lines=lines, buttons=buttons)

    def picture(self) -> list[Part]:
        """The picture, where there is one."""
        shown = rendition_of(self.venue.picture) if self.venue.picture else None
        if shown is None:
            return []
        buttons = [Button("去掉照片", self.link("picture_remove"))] if self.may_change else []
        context = {"picture": shown, "words": self.venue.picture.description}
        return [Part("照片", template="courses/desk/places/picture.html", context=context, buttons=buttons)]
