"""A room's form: its name, its seats, and its week on one sheet."""

from collections.abc import Iterable
from datetime import time

from django import forms

from courses.forms.desk import DeskForm
from courses.forms.fields import LineField
from courses.forms.places import MOST, UNLIMITED_OR_NONE
from courses.rules.opening import DAYS, MOST_A_DAY, Hours

SPANS = ("第一段", "第二段")
Span = tuple[time, time]


class SpansWidget(forms.MultiWidget):
    """From when to when, twice: what a clock or a keyboard fills in on any telephone."""

    template_name = "courses/desk/places/spans.html"
    use_fieldset = True

    def __init__(self, day: str):
        said = [f"{day}，{span}，几点{what}" for span in SPANS for what in ("开", "关")]
        one = [forms.TimeInput(format="%H:%M", attrs={"type": "time", "aria-label": each}) for each in said]
        super().__init__(one)

    def decompress(self, nothing: None) -> list[None]:
        """Django asks only where nothing is given: the times of a day come as a list."""
        return [None] * (2 * MOST_A_DAY)


class SpansField(forms.MultiValueField):
    """The hours of one day of the week: none, one span, or two."""

    def __init__(self, day: str, **kwargs):
        words = {"invalid": "时间请写成 9:00、13:30 这样。"}
        one = [forms.TimeField(required=False, error_messages=words) for _ in range(2 * MOST_A_DAY)]
        widget = SpansWidget(day)
        super().__init__(one, require_all_fields=False, required=False, label=day, widget=widget, **kwargs)

    def compress(self, moments: list[time | None]) -> list[Span]:
        spans = []
        for name, opens, closes in zip(SPANS, moments[::2], moments[1::2], strict=True) if moments else []:
            if (opens is None) != (closes is None):
                missing = "几点关" if closes is None else "几点开"
                raise forms.ValidationError(f"{name}少了{missing}。")
            if opens and closes:
                spans.append((opens, closes))
        return spans


class RoomForm(DeskForm):
    """A room with its week: seven rows, each with the field ``day_1`` (Monday) to ``day_7``."""

    groups = [
        ("教室", ["name", "seats"]),
        ("每周什么时候开", [f"day_{day}" for day in range(1, 8)]),
    ]

    name = LineField(label="门牌", max_length=20, help_text="门上写的，比如：203。会大大地印在门牌上。")
    seats = forms.IntegerField(
        label="座位", required=False, min_value=0, max_value=MOST, help_text=UNLIMITED_OR_NONE
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day, name in enumerate(DAYS, start=1):
            self.fields[f"day_{day}"] = SpansField(name)

    def hours(self) -> list[Hours]:
        """Return the week that was filled in."""
        return [Hours(day, *span) for day in range(1, 8) for span in self.cleaned_data[f"day_{day}"]]


def week_as_filled_in(hours: Iterable[Hours]) -> dict[str, list[time]]:
    """Return the initial values of the seven rows: each day's times one after the other."""
    rows: dict[str, list[time]] = {f"day_{day}": [] for day in range(1, 8)}
    for each in hours:
        rows[f"day_{each.weekday}"] += [each.opens, each.closes]
    return rows
