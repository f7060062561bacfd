"""场地: the list, with its filters."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.places import VenueFilters
from courses.models import Closure, Venue


def show_url(venue: Venue) -> str:
    """Return where a venue is shown."""
    return reverse("desk:venue", args=[venue.pk])


def number_in_words(most: int | None) -> str:
    """Return how many people fit: nothing said is unlimited, 0 is none."""
    return "不限" if most is None else f"{most}"


def with_sums(venues: QuerySet) -> QuerySet:
    """Return the venues with ``rooms_used``, ``seats_sum``, ``rooms_unlimited`` and ``is_closed_today``."""
    today = timezone.localdate()
    used = Q(rooms__pk__gt=0) & (Q(rooms__closed_on=None) | Q(rooms__closed_on__gt=today))
    closed = Closure.objects.on(today).filter(venue=OuterRef("pk"), room=None)
    return venues.annotate(
        rooms_used=Count("rooms", filter=used),
        rooms_unlimited=Count("rooms", filter=used & Q(rooms__seats=None)),
        seats_sum=Sum("rooms__seats", filter=used),
        is_closed_today=Exists(closed),
    )


def seats_in_words(venue) -> str | int:
    """Return the seats of all rooms in use; unlimited as soon as one room is."""
    return "不限" if venue.rooms_unlimited else venue.seats_sum or 0


def state_in_words(venue) -> str:
    """Return in a word whether the venue can be used today."""
    if venue.is_given_up(on=timezone.localdate()):
        return "不再用了"
    return "今天暂停" if venue.is_closed_today else "在用"


class VenueList(DeskList):
    """Every venue of the branch, with its rooms and seats."""

    page_title = "场地"
    right = Right.SEE_PLACES
    header_icon = "home"
    filter_form = VenueFilters
    empty = "您这里还没有场地。点“新场地”，登记第一个。"
    export_name = "venues"
    columns = [
        Column("名称", lambda each: each.name, url=show_url),
        Column("哪一类", lambda each: each.get_kind_display(), is_minor=True),
        Column("街镇", lambda each: each.area.full_name),
        Column("地址", lambda each: each.address, is_minor=True),
        Column("谁管", lambda each: str(each.organisation), is_minor=True),
        Column("教室", lambda each: each.rooms_used, is_number=True),
        Column("座位", seats_in_words, is_number=True),
        Column("没有台阶", lambda each: "是" if each.has_step_free_way else "", is_minor=True),
        Column("助听设备", lambda each: "有" if each.has_hearing_loop else "", is_minor=True),
        Column("还用吗", state_in_words, is_minor=True),
    ]

    def get_rows(self):
        visible = Venue.objects.visible_to(self.request.user)
        return with_sums(visible).select_related("area__parent", "organisation").order_by("name", "pk")

    def get_buttons(self):
        if not self.may(Right.CHANGE_PLACES):
            return []
        return [Button("新场地", reverse("desk:venue_new"), is_chief=True)]
