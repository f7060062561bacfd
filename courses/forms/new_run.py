"""开一个班: what, when, where; three short forms, each filled in as far as can be guessed."""

from datetime import date
from typing import cast

from django import forms

from cms.enums import Scenario
from courses.enums import RunKind, RunMode, TeachingRole, Weekday
from courses.forms.class_fields import (
    ClockField,
    PeopleField,
    PersonField,
    RoomField,
    SizeFields,
    TellFields,
    TermField,
    people_at_hand,
)
from courses.forms.desk import DeskForm
from courses.forms.fields import DayField
from courses.models import ModulePage, Organisation, Room
from courses.rules.series import SeriesRule


def _weeks(value: str) -> Weekday:
    return Weekday(int(value))


class WhatForm(SizeFields):
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

    groups = [
        ("学什么", ["module", "title", "main_scenario"]),
        ("怎么上", ["kind", "mode", "tongue"]),
        ("谁来办，收多少人", ["organiser", "capacity", "waiting_places", "minimum", "fee"]),
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

    term = TermField(label="学期", required=False, empty_label="不算哪个学期（单场）")
    first_day = DayField(label="从哪天起")
    weekdays = forms.TypedMultipleChoiceField(
        label="星期几", choices=Weekday.choices, coerce=_weeks, widget=forms.CheckboxSelectMultiple
    )
    starts = ClockField(label="几点上课")
    ends = ClockField(label="几点下课")
    times = forms.IntegerField(label="一共几次", min_value=1, max_value=60, initial=8)

    def limit_choices(self) -> None:
        cast("TermField", self.fields["term"]).offer_current()

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


class WhereForm(TellFields):
    """Third: where, and who."""

    kept = forms.TypedMultipleChoiceField(
        label="放假的日子，照样上课吗",
        required=False,
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        help_text="不打勾就跳过，后面补上一次。",
    )
    room = RoomField(
        label="哪间教室",
        queryset=Room.objects.none(),
        empty_label="请选一间",
        error_messages={"required": "线下的班要选教室。"},
    )
    teacher = PersonField(label="谁来教", required=False, empty_label="还没有定")
    helpers = PeopleField(label="哪几位志愿者来帮")

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
        self.choose("teacher", people_at_hand(self.user, TeachingRole.TEACHER))
        self.choose("helpers", people_at_hand(self.user, TeachingRole.VOLUNTEER))
