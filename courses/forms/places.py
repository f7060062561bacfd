"""Filters of venues; forms for venues and the days on which they are closed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from courses.enums import VenueKind
from courses.errors import Refused
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.fields import AreaField, DayField, LineField, LongSelect, in_area
from courses.models import Area, Organisation, Room, Venue
from courses.services.places import VenueFacts

UNLIMITED_OR_NONE = "空着就是不限，0 就是一个也不行。"
MOST = 2000


class VenueFilters(FilterForm):
    """Find venues by name or address, kind, place, who looks after them, and how one gets in."""

    kind = forms.ChoiceField(label="哪一类", required=False, choices=[("", "都看"), *VenueKind.choices])
    area = AreaField(label="区、街镇", required=False, districts=True, empty_label="都看")
    organisation = forms.ModelChoiceField(
        label="谁管",
        required=False,
        queryset=Organisation.objects.none(),
        empty_label="都看",
        widget=LongSelect,
    )
    step_free = forms.ChoiceField(label="台阶", required=False, choices=[("", "都看"), ("yes", "没有台阶")])
    loop = forms.ChoiceField(label="助听设备", required=False, choices=[("", "都看"), ("yes", "有")])
    state = forms.ChoiceField(
        label="还用吗", required=False, choices=[("", "都看"), ("used", "在用"), ("closed", "不再用了")]
    )

    def limit_choices(self) -> None:
        # Only those that have one: a city has thousands of organisations.
        places = Venue.objects.visible_to(self.user).values("organisation")
        self.choose("organisation", Organisation.objects.visible_to(self.user).filter(pk__in=places))

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(name__icontains=words) | rows.filter(address__icontains=words)

    def by_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.filter(kind=kind)

    def by_area(self, rows: QuerySet, area: Area) -> QuerySet:
        return rows.filter(in_area(area))

    def by_organisation(self, rows: QuerySet, organisation: Organisation) -> QuerySet:
        return rows.filter(organisation=organisation)

    def by_step_free(self, rows: QuerySet, wanted: str) -> QuerySet:
        return rows.filter(has_step_free_way=True)

    def by_loop(self, rows: QuerySet, wanted: str) -> QuerySet:
        return rows.filter(has_hearing_loop=True)

    def by_state(self, rows: Any, state: str) -> QuerySet:
        today = timezone.localdate()
        return rows.filter(closed_on__lte=today) if state == "closed" else rows.in_use(on=today)


class VenueForm(DeskForm):
    """What is known of a venue."""

    groups = [
        ("在哪里", ["name", "kind", "organisation", "area", "address", "way"]),
        (
            "怎么进，有什么",
            ["has_step_free_way", "has_hearing_loop", "has_wifi", "has_projector", "capacity"],
        ),
        ("防疫条件", ["is_epidemic_ready", "epidemic_checked_on"]),
        ("照片", ["picture", "picture_words"]),
    ]

    name = LineField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="哪一类", choices=[("", "请选一个"), *VenueKind.choices])
    organisation = forms.ModelChoiceField(
        label="谁管", queryset=Organisation.objects.none(), empty_label="请选一个", widget=LongSelect
    )
    area = AreaField()
    address = LineField(label="地址", max_length=100, help_text="路名和门牌，比如：田林路 100 号。")
    way = forms.CharField(
        label="怎么去",
        required=False,
        max_length=300,
        help_text="坐几路车，从哪个门进，几楼。说给没去过的老人听。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    has_step_free_way = forms.BooleanField(label="没有台阶，轮椅能到", required=False)
    has_hearing_loop = forms.BooleanField(label="有助听设备", required=False)
    has_wifi = forms.BooleanField(label="有 Wi-Fi", required=False)
    has_projector = forms.BooleanField(label="有投影或大屏幕", required=False)
    capacity = forms.IntegerField(
        label="整个场地同时最多几个人",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=UNLIMITED_OR_NONE,
    )
    is_epidemic_ready = forms.BooleanField(
        label="有防疫条件", required=False, help_text="测温、消毒、隔开坐，都有人管。打了勾，要填哪天核的。"
    )
    epidemic_checked_on = DayField(label="防疫条件哪天核的", required=False)
    picture = forms.FileField(
        label="照片",
        required=False,
        help_text="大门口的样子，老人认得出。JPG、PNG、WebP，最多 5 MB。人脸不要拍进去。",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )
    picture_words = LineField(
        label="照片上是什么", required=False, max_length=100, help_text="看不见图的人听这一句。"
    )

    def limit_choices(self) -> None:
        # A city manager chooses among thousands: nothing is fetched but what is shown.
        visible = Organisation.objects.visible_to(self.user)
        self.choose("organisation", visible.only("name", "short_name"))

    def full_clean(self) -> None:
        super().full_clean()
        self._ask_for_picture_again()

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        self._ask_for_picture_again()

    def facts(self) -> VenueFacts:
        """Return what the services take, without organisation and picture."""
        facts: Any = {name: self.cleaned_data[name] for name in VenueFacts.__annotations__}
        return facts

    def _ask_for_picture_again(self) -> None:
        # Browsers do not send a file back into the field it came from.
        if self.errors and self.files.get("picture") and "picture" not in self.errors:
            self.add_error("picture", "照片没有留住，请再选一次。")


class ClosureForm(DeskForm):
    """From when to when a venue or a room of it is closed, and why."""

    room = forms.ModelChoiceField(
        label="哪一间", required=False, queryset=Room.objects.none(), empty_label="整个场地"
    )
    starts_on = DayField(label="从哪天起")
    ends_on = DayField(label="到哪天为止", help_text="这一天也不开。")
    reason = LineField(label="为什么", max_length=60, help_text="老人会看到，比如：装修。")


class LastDayForm(DeskForm):
    """From which day something is not used any more."""

    on = DayField(label="从哪天起不用", initial=timezone.localdate)


class SureForm(DeskForm):
    """Asks whether one is sure; there is nothing to fill in."""
