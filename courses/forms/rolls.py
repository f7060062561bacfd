"""The roll as a form, people who walk in, heads without names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from courses.enums import AttendanceState, RecordKind
from courses.forms.desk import DeskForm
from courses.forms.fields import AreaField, ReasonField
from courses.models import Attendance, ClassSession
from courses.rules.roll_call import changed_refusal
from courses.services.roll_call.guests import MOST_HEADS
from courses.services.roll_call.marking import Mark
from courses.services.roll_call.roll import RollLine, shown_lines, who_put_down

# What one taps; who was put down by mistake is struck out.
CHOICES = [(state.value, state.label) for state in AttendanceState]
EVERYBODY = "all"


@dataclass(frozen=True)
class RollRow:
    """Somebody as the screen draws them."""

    line: RollLine
    state: forms.BoundField
    minutes: forms.BoundField
    # Of who is down as 帮办: that they came to class after all.
    train: forms.BoundField | None


class RollForm(DeskForm):
    """A choice for each person on the roll. What is not touched stays; 全到了 puts down who has nothing yet.

    A row also says which line it was drawn from (``shown-12``). What somebody else put down since then stays where
    nothing was tapped, and is said where something was.
    """

    because = ReasonField()

    def __init__(self, data: Any = None, *, session: ClassSession, lines: Sequence[RollLine], **kwargs):
        super().__init__(_up_to_date(data, session, lines), **kwargs)
        self.lines = lines
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
                max_value=session.minutes,
                initial=line.line.minutes if line.line else None,
                error_messages={"max_value": f"这次课一共 {session.minutes} 分钟。"},
            )
            if line.is_assistance:
                self.fields[f"train-{line.learner.pk}"] = forms.BooleanField(
                    label="其实是来上课的", required=False
                )

    def clean(self):
        """Say of which rows the roll says something else by now; the next press is sure of that."""
        for line in self.lines:
            is_stale = _shown(self.data, line) not in {None, line.version}
            if line.line and is_stale and not _is_sent(self.data, line.learner.pk, line.line):
                words = changed_refusal(name=line.learner.name, **who_put_down(line.line)).message
                self.add_error(f"state-{line.learner.pk}", words)
        return super().clean()

    def rows(self) -> Iterator[RollRow]:
        """Yield everybody for the screen."""
        for line in self.lines:
            pk = line.learner.pk
            train = self[f"train-{pk}"] if line.is_assistance else None
            yield RollRow(line, self[f"state-{pk}"], self[f"minutes-{pk}"], train)

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
            kind=RecordKind.TRAINING if self.cleaned_data.get(f"train-{line.learner.pk}") else None,
            because=self.cleaned_data["because"],
            shown=_shown(self.data, line),
        )


def _shown(data: Any, line: RollLine) -> int | None:
    """Return the id of the line a row was drawn from, 0 for none; None where the screen did not have the row."""
    written = data.get(f"shown-{line.learner.pk}", "")
    return int(written) if written.isascii() and written.isdecimal() else None


def _up_to_date(data: Any, session: ClassSession, lines: Sequence[RollLine]) -> Any:
    """Return what was sent; rows that nobody tapped say what the roll says by now."""
    if data is None:
        return None
    old = {line.learner.pk: _shown(data, line) for line in lines}
    stale = [line for line in lines if old[line.learner.pk] not in {None, line.version}]
    before = shown_lines(session, [old[line.learner.pk] or 0 for line in stale])
    data = data.copy() if stale else data
    for line in stale:
        pk = line.learner.pk
        if _is_sent(data, pk, before.get(old[pk] or 0)):
            data[f"state-{pk}"], data[f"minutes-{pk}"] = _as_sent(line.line)
            data[f"shown-{pk}"] = str(line.version)
    return data


def _is_sent(data: Any, pk: int, line: Attendance | None) -> bool:
    """True when a row was sent as the line says it: nobody tapped anything."""
    state, minutes = _as_sent(line)
    if data.get(f"train-{pk}"):
        return False
    is_same = data.get(f"state-{pk}", "") == state
    return is_same and (state != AttendanceState.LEFT_EARLY or data.get(f"minutes-{pk}", "") == minutes)


def _as_sent(line: Attendance | None) -> tuple[str, str]:
    """Return a line's state and minutes as a browser sends them."""
    if line is None:
        return "", ""
    return line.state, "" if line.minutes is None else str(line.minutes)


class ReasonForm(DeskForm):
    """Also asks why, where the month was reported already."""

    because = ReasonField(
        required=True,
        help_text="这个月已经报上去了，或者这个数已经核准了。要补、要改，写一句为什么，会单独列出来。",
    )

    def __init__(self, *args, wants_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        because = self.fields.pop("because")
        if wants_reason:
            # Below what the form is about.
            self.fields["because"] = because

    def why(self) -> str:
        """Return the reason, "" where none was asked for."""
        return self.cleaned_data.pop("because", "")


class WalkInForm(ReasonForm):
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
    came_for = forms.ChoiceField(
        label="来做什么",
        choices=[
            (RecordKind.TRAINING.value, "来上课"),
            (RecordKind.ASSISTANCE.value, "来问一件事（帮办，不算人次）"),
        ],
        initial=RecordKind.TRAINING.value,
        required=False,
        widget=forms.RadioSelect,
    )

    def kind(self) -> str:
        """Return what they came for; who does not say so came to class."""
        return self.cleaned_data.pop("came_for") or RecordKind.TRAINING


class ScanForm(ReasonForm):
    """What a scanner types, or a hand."""

    scanned = forms.CharField(
        label="凭证号码",
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}),
    )


class HeadsForm(ReasonForm):
    """How many."""

    heads = forms.IntegerField(label="几个人", min_value=0, max_value=MOST_HEADS)


class ApproveHeadsForm(DeskForm):
    """Why a district lets them count."""

    because = forms.CharField(label="为什么核准", max_length=100)
