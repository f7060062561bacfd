"""The roll as a form, people who walk in, heads without names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms

from courses.enums import AttendanceState
from courses.forms.desk import DeskForm
from courses.forms.fields import AreaField
from courses.services.roll_call.guests import MOST_HEADS
from courses.services.roll_call.marking import Mark
from courses.services.roll_call.roll import RollLine

# What one taps; who was put down by mistake is struck out.
CHOICES = [(state.value, state.label) for state in AttendanceState]
EVERYBODY = "all"


@dataclass(frozen=True)
class RollRow:
    """Somebody as the screen draws them."""

    line: RollLine
    state: forms.BoundField
    minutes: forms.BoundField


class RollForm(forms.Form):
    """A choice for each person on the roll. What is not touched stays; 全到了 puts down who has nothing yet."""

    because = forms.CharField(label="为什么补、为什么改", max_length=100, required=False)

    def __init__(self, *args, lines: Sequence[RollLine], length: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.length = lines, length
        for line in lines:
            self.fields[f"state-{line.learner.pk}"] = forms.ChoiceField(
                label=line.learner.name,
                choices=CHOICES,
                required=False,
                initial=line.state,
                widget=forms.RadioSelect,
            )
            self.fields[f"minutes-{line.learner.pk}"] = forms.IntegerField(
                label=f"{line.learner.name}在了几分钟",
                required=False,
                min_value=0,
                max_value=length,
                initial=line.line.minutes if line.line else None,
                error_messages={"max_value": f"这次课一共 {length} 分钟。"},
            )

    def rows(self) -> Iterator[RollRow]:
        """Yield everybody for the screen."""
        for line in self.lines:
            yield RollRow(line, self[f"state-{line.learner.pk}"], self[f"minutes-{line.learner.pk}"])

    def marks(self) -> list[Mark]:
        """Return what is to be put down; with 全到了 also who has not been put down at all."""
        everybody = self.data.get("do") == EVERYBODY
        return [mark for line in self.lines if (mark := self._mark(line, everybody=everybody))]

    def _mark(self, line: RollLine, *, everybody: bool) -> Mark | None:
        state = self.cleaned_data[f"state-{line.learner.pk}"]
        if not state and everybody and line.line is None:
            state = AttendanceState.PRESENT.value
        if not state:
            return None
        minutes = self.cleaned_data[f"minutes-{line.learner.pk}"]
        return Mark(
            learner=line.learner,
            state=state,
            minutes=minutes if state == AttendanceState.LEFT_EARLY else None,
            because=self.cleaned_data["because"],
        )


class WalkInForm(DeskForm):
    """Somebody who stands in the door: the name, and the number or the year; the street is the school's."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label="电话",
        max_length=40,
        required=False,
        help_text="没有就空着，填出生年份。",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    birth_year = forms.IntegerField(
        label="出生年份",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    area = AreaField(label="住在哪个街镇", required=False)


class ScanForm(DeskForm):
    """What a scanner types, or a hand."""

    scanned = forms.CharField(
        label="凭证号码",
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}),
    )


class HeadsForm(DeskForm):
    """How many."""

    heads = forms.IntegerField(label="几个人", min_value=0, max_value=MOST_HEADS)


class ApproveHeadsForm(DeskForm):
    """Why a district lets them count."""

    because = forms.CharField(label="为什么核准", max_length=100)
