"""Fields that several forms of the desk share."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courses.enums import AreaKind
from courses.models import Area

SELECTED = SafeString(" selected")


class LongSelect(forms.Select):
    """A choice among hundreds. Django draws each option with a template, which was half the time of a whole list."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        chosen = set(self.format_value(value))
        about = flatatt(self.build_attrs(self.attrs, attrs) | {"name": name})
        return format_html("<select{}>{}</select>", about, self._options(self.choices, chosen))

    def _options(self, choices: Iterable, chosen: set[str]) -> SafeString:
        options = ((self._option(value, label, chosen),) for value, label in choices)
        return format_html_join("", "{}", options)

    def _option(self, value: Any, label: Any, chosen: set[str]) -> SafeString:
        if isinstance(label, list):
            return format_html('<optgroup label="{}">{}</optgroup>', value, self._options(label, chosen))
        mark = SELECTED if str(value) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', value, mark, label)


class _ByDistrict(ModelChoiceIterator):
    """The choices under the headings of their districts; fetched with one query however often they are gone through.

    A form makes one of its own for each field.
    """

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for district, areas in groupby(self._areas(), key=_district_of):
            yield district.name, [self.choice(area) for area in areas]

    def _areas(self) -> list[Area]:
        if not hasattr(self, "_found"):
            self._found = sorted(self.queryset.select_related("parent"), key=_place)
        return self._found


def _district_of(area: Area) -> Area:
    return area if area.kind in {AreaKind.CITY, AreaKind.DISTRICT} else area.parent


def _place(area: Area) -> tuple[str, bool, str]:
    """District by district, each before its streets."""
    return _district_of(area).code, _district_of(area) != area, area.code


class AreaField(forms.ModelChoiceField):
    """Chooses a street or town, grouped by district; with ``districts`` also a district as a whole, with ``city`` the
    city too.

    In a form's values and in an address it is the official code; ``initial`` is an `Area`. In a filter, `in_area`
    says which rows belong to what was chosen.
    """

    iterator = _ByDistrict

    def __init__(self, *, districts: bool = False, city: bool = False, **kwargs):
        is_there = {AreaKind.CITY: city, AreaKind.DISTRICT: districts}
        left_out = [kind for kind, wanted in is_there.items() if not wanted]
        words: dict[str, Any] = {
            "label": "街镇",
            "empty_label": "请选一个",
            "to_field_name": "code",
            "widget": LongSelect,
            "error_messages": {"invalid_choice": "名单里没有这个街镇，请在名单里选。"},
        }
        super().__init__(Area.objects.exclude(kind__in=left_out), **(words | kwargs))

    def label_from_instance(self, area: Any) -> str:
        return f"{area.name}（全区）" if area.kind == AreaKind.DISTRICT else area.name


def in_area(area: Area, *, field: str = "area") -> Q:
    """Return the condition that ``field`` is this area, or a street of this district."""
    return Q(**{field: area}) | Q(**{f"{field}__parent": area})


class LineField(forms.CharField):
    """One line of words, without signs that nobody sees and without blanks that only fill up."""

    def to_python(self, value: Any) -> str:
        plain = "".join(sign if sign.isprintable() else " " for sign in super().to_python(value))
        return " ".join(plain.split())


class DayField(forms.DateField):
    """A day, chosen or typed as 2021-03-08."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        words = {"invalid": "请填日期，比如 2021-03-08。", "required": "请填日期。"}
        kwargs.setdefault("error_messages", words)
        super().__init__(**kwargs)


class ReasonField(LineField):
    """Why a roll is filled in or changed: asked in every way of calling it, wanted once the month was reported."""

    def __init__(self, **kwargs):
        told = {"label": "为什么补、为什么改", "help_text": "月份已经报上去的，才要写。"}
        super().__init__(**told | {"max_length": 100, "required": False} | kwargs)
