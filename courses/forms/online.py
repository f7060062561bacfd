"""线上签到: so many minutes for each person, by hand or from a meeting tool's list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import QueryDict

from courses.enums import RecordedHow
from courses.forms.desk import DeskForm
from courses.forms.fields import ReasonField
from courses.forms.sheet_file import MOST, SheetField
from courses.models import Learner
from courses.services.roll_call.meeting_import import Preview, Unknown
from courses.services.roll_call.roll import RollLine

NOBODY = "nobody"
TAIL = 4


@dataclass(frozen=True)
class OnlineRow:
    """Somebody as the screen draws them: ``was`` is what the field said first, ``shown`` the line it was drawn from."""

    line: RollLine
    minutes: forms.BoundField
    was: str
    shown: str

    @property
    def is_on_site(self) -> bool:
        """Somebody put them down in the room."""
        return self.line.is_in_class and self.line.line.how != RecordedHow.ONLINE


class OnlineForm(forms.Form):
    """A field for each person on the roll; what nobody touched stays as it is by now, and so does what is empty.

    A row says which line it was drawn from, so that nothing put down meanwhile is written over. ``is_anew``: those who
    look have been told, their next press is sure of it.
    """

    because = ReasonField()

    def __init__(self, *args, lines: Sequence[RollLine], length: int, is_anew: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.is_anew = lines, is_anew
        for line in lines:
            self.fields[self._name(line)] = forms.IntegerField(
                label=line.learner.name,
                required=False,
                min_value=0,
                max_value=length,
                initial=_minutes_of(line),
                error_messages={
                    "invalid": "请只写数字，几分钟就写几。",
                    "min_value": "请填 0 或者更多。",
                    "max_value": f"这次课一共 {length} 分钟。",
                },
                # No spinner: a wheel turned by accident would change what was typed.
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
            )

    def rows(self) -> Iterator[OnlineRow]:
        """Yield everybody for the screen."""
        for line in self.lines:
            yield OnlineRow(line, self[self._name(line)], self._was(line), str(self._shown(line)))

    def minutes(self) -> dict[Learner, int]:
        """Return what was filled in and is not what the field said when it was drawn."""
        return {line.learner: many for line, many in self._touched()}

    def shown(self) -> dict[int, int]:
        """Return the lines that those rows were drawn from, by the ids of their learners."""
        return {line.learner.pk: self._shown(line) for line, _ in self._touched()}

    def _touched(self) -> Iterator[tuple[RollLine, int]]:
        for line in self.lines:
            many = self.cleaned_data[self._name(line)]
            if many is not None and str(many) != self._was(line):
                yield line, many

    def _was(self, line: RollLine) -> str:
        if self.is_bound:
            return self.data.get(f"was-{line.learner.pk}", "")
        many = _minutes_of(line)
        return "" if many is None else str(many)

    def _shown(self, line: RollLine) -> int:
        """Return the id of the line a row was drawn from, 0 for none."""
        written = self.data.get(f"shown-{line.learner.pk}", "")
        is_said = written.isascii() and written.isdecimal() and not self.is_anew
        return int(written) if is_said else line.version

    @staticmethod
    def _name(line: RollLine) -> str:
        return f"minutes-{line.learner.pk}"


def _minutes_of(line: RollLine) -> int | None:
    return line.line.minutes if line.line and line.line.how == RecordedHow.ONLINE else None


class MeetingForm(DeskForm):
    """A meeting tool's list."""

    file = SheetField(label="参会名单", help_text=f"会议软件里导出的 .csv 或 .xlsx。最大 {MOST} MB。")


@dataclass(frozen=True)
class WhoRow:
    """A nickname as the screen asks about it."""

    unknown: Unknown
    who: forms.BoundField


class WhoForm(forms.Form):
    """Asks of each nickname that fits nobody who it is; nobody is left out without somebody saying so."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    because = ReasonField()

    def __init__(self, *args, preview: Preview, lines: Sequence[RollLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.unknown = preview.unknown
        self.learners = {str(line.learner.pk): line.learner for line in lines}
        self.initial["seen"] = preview.seen
        choices = [("", "请选"), (NOBODY, "不是学员，不记")]
        choices += [(pk, _told(learner)) for pk, learner in self.learners.items()]
        for each in preview.unknown:
            self.fields[f"who-{each.place}"] = forms.ChoiceField(
                label=f"“{each.written}”是谁",
                choices=choices,
                initial=NOBODY if each.is_staff else "",
                error_messages={"required": "请选一位；不是学员的，选“不是学员，不记”。"},
            )

    def rows(self) -> Iterator[WhoRow]:
        """Yield every nickname to be asked about."""
        for each in self.unknown:
            yield WhoRow(each, self[f"who-{each.place}"])

    def chosen(self) -> dict[int, Learner]:
        """Return who is who, by the place in the list; without those who are no learners."""
        said = {each.place: self.cleaned_data[f"who-{each.place}"] for each in self.unknown}
        return {place: self.learners[pk] for place, pk in said.items() if pk != NOBODY}

    def seen_anew(self, words: str) -> "WhoForm":
        """Say why it is shown once more, as what is agreed to next; what was chosen stays."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = self.initial["seen"]
        self.data = data
        self.add_error(None, words)
        return self


def _told(learner: Learner) -> str:
    """Return a name with what tells two of one name apart."""
    if learner.masked_phone:
        return f"{learner.name}（尾号 {learner.masked_phone[-TAIL:]}）"
    return f"{learner.name}（{learner.birth_year} 年生）" if learner.birth_year else learner.name
