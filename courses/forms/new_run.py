"""开一个班: what, when, where; three short forms, each filled in as far as can be guessed."""

from datetime import date
from typing import cast

from django import forms
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunKind, RunMode, TeachingRole, Tongue, Weekday
from courses.forms.desk import DeskForm
from courses.models import ModulePage, Organisation, Room, TeachingPerson, Term
from courses.rules.series import SeriesRule


def _weeks(value: str) -> Weekday:
    return Weekday(int(value))


class WhatForm(DeskForm):
    """First: what is taught, by whom it is organised, and how."""

    module = forms.ModelChoiceField(
        label="讲哪个模块", queryset=ModulePage.objects.none(), empty_label="请选一个"
    )
    title = forms.CharField(
        label="班级叫什么", max_length=60, required=False, help_text="空着就用模块的名字。"
    )
    organiser = forms.ModelChoiceField(label="谁主办", queryset=Organisation.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="哪一种", choices=RunKind.choices, initial=RunKind.SERIES)
    mode = forms.ChoiceField(label="形式", choices=RunMode.choices, initial=RunMode.ONSITE)
    main_scenario = forms.ChoiceField(
        label="主要场景", required=False, choices=[("", "和模块一样"), *Scenario.choices]
    )
    tongue = forms.ChoiceField(label="上课说", choices=Tongue.choices, initial=Tongue.MANDARIN)
    capacity = forms.IntegerField(
        label="最多几位学员",
        required=False,
        min_value=0,
        max_value=5000,
        help_text="空着就是不限，按教室的座位算。",
    )
    minimum = forms.IntegerField(label="最少几位才开", required=False, min_value=0, max_value=5000)
    fee = forms.DecimalField(
        label="学费（元）", min_value=0, max_digits=7, decimal_places=2, initial=0, help_text="0 就是不要钱。"
    )

    groups = [
        ("学什么", ["module", "title", "main_scenario"]),
        ("怎么上", ["kind", "mode", "tongue"]),
        ("谁来办，收多少人", ["organiser", "capacity", "minimum", "fee"]),
    ]

    def limit_choices(self) -> None:
        self.choose("module", ModulePage.objects.live().order_by("path"))
        self.choose("organiser", Organisation.objects.visible_to(self.user).order_by("lineage"))

    def clean(self):
        cleaned = super().clean()
        module = cleaned.get("module")
        if module and not (cleaned.get("main_scenario") or module.main_scenario):
            self.add_error("main_scenario", "这个模块没有主要场景，请选一个。")
        return cleaned


class WhenForm(DeskForm):
    """Second: a row of meetings."""

    term = forms.ModelChoiceField(
        label="学期", queryset=Term.objects.none(), required=False, empty_label="不算哪个学期（单场）"
    )
    first_day = forms.DateField(label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}))
    weekdays = forms.TypedMultipleChoiceField(
        label="星期几", choices=Weekday.choices, coerce=_weeks, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label="几点上课", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label="几点下课", widget=forms.TimeInput(attrs={"type": "time"}))
    times = forms.IntegerField(label="一共几次", min_value=1, max_value=60, initial=8)

    def limit_choices(self) -> None:
        self.choose("term", Term.objects.filter(ends_on__gte=timezone.localdate()).order_by("starts_on"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", "下课的时间要在上课后面。")
        term, first = cleaned.get("term"), cleaned.get("first_day")
        if term and first and not term.starts_on <= first <= term.ends_on:
            self.add_error("first_day", f"这天不在{term}里。{term}从 {term.starts_on} 到 {term.ends_on}。")
        return cleaned

    def rule(self, kept: frozenset[date] = frozenset()) -> SeriesRule:
        """Return the row of meetings that was asked for; the form must be valid."""
        asked = self.cleaned_data
        return SeriesRule(
            first_day=asked["first_day"],
            weekdays=frozenset(asked["weekdays"]),
            starts=asked["starts"],
            ends=asked["ends"],
            times=asked["times"],
            last_day=asked["term"].ends_on if asked["term"] else None,
            kept=kept,
        )


class PersonField(forms.ModelChoiceField):
    """Chooses among people; a name alone could be anybody's."""

    def label_from_instance(self, person) -> str:
        return f"{person.name}（{person.organisation}）"


class PeopleField(forms.ModelMultipleChoiceField):
    """The same for several."""

    def label_from_instance(self, person) -> str:
        return f"{person.name}（{person.organisation}）"


class RoomField(forms.ModelChoiceField):
    """Chooses a room by its house, with the seats it has."""

    def label_from_instance(self, room) -> str:
        seats = f"，{room.seats} 座" if room.seats is not None else ""
        return f"{room.venue.name} {room.name}{seats}"


class WhereForm(DeskForm):
    """Third: where, and who."""

    kept = forms.TypedMultipleChoiceField(
        label="放假的日子，照样上课吗",
        required=False,
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        help_text="不打勾就跳过，后面补上一次。",
    )
    room = RoomField(label="哪间教室", queryset=Room.objects.none(), required=False, empty_label="请选一间")
    link = forms.URLField(
        label="线上的链接",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="只给报了名的人看。",
    )
    teacher = PersonField(
        label="谁来教", queryset=TeachingPerson.objects.none(), required=False, empty_label="还没有定"
    )
    helpers = PeopleField(
        label="哪几位志愿者来帮",
        queryset=TeachingPerson.objects.none(),
        required=False,
        widget=forms.SelectMultiple,
    )
    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = forms.CharField(
        label="联系电话", max_length=20, required=False, help_text="给老人打的，会印在海报上。"
    )
    audience = forms.CharField(
        label="谁可以来", max_length=100, required=False, initial="60 岁以上，第一次学也行"
    )
    bring = forms.CharField(label="带什么", max_length=100, required=False, initial="手机，充好电；老花镜")

    groups = [
        ("日子", ["kept"]),
        ("在哪里", ["room", "link"]),
        ("谁来", ["teacher", "helpers"]),
        ("告诉老人", ["contact_name", "contact_phone", "audience", "bring"]),
    ]

    def __init__(self, *args, holidays: list[tuple[str, str]], mode: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.mode = RunMode(mode)
        if holidays:
            cast("forms.TypedMultipleChoiceField", self.fields["kept"]).choices = holidays
        else:
            del self.fields["kept"]
        if not self.mode.needs_place:
            del self.fields["room"]
        if not self.mode.needs_link:
            del self.fields["link"]
        if not self.mode.needs_teacher:
            del self.fields["teacher"]

    def limit_choices(self) -> None:
        rooms = Room.objects.at_hand_of(self.user).filter(closed_on=None, venue__closed_on=None)
        self.choose("room", rooms.select_related("venue").order_by("venue__name", "name"))
        people = TeachingPerson.objects.at_hand_of(self.user).filter(left_on=None)
        people = people.select_related("organisation").order_by("name", "pk")
        self.choose("teacher", people.filter(role=TeachingRole.TEACHER))
        self.choose("helpers", people.filter(role=TeachingRole.VOLUNTEER))

    def clean_room(self):
        room = self.cleaned_data["room"]
        if room is None:
            raise forms.ValidationError("线下的班要选教室。")
        return room

    def clean_link(self):
        link = self.cleaned_data["link"]
        if not link:
            raise forms.ValidationError("线上的班要填链接。")
        return link
