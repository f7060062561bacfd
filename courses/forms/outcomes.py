"""学会了没有 as forms: at the end of the roll call, and when people are asked later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet

from courses.enums import Mastery
from courses.forms.run_filter import RunFilter
from courses.services.roll_call.follow_ups import UNTIL
from courses.services.roll_call.outcomes import Said, Taught
from courses.services.roll_call.roll import RollLine

EVERYBODY = "all"
SAID, WAS = "said-", "was-"
CHANGED = "这次课讲的课，或者到了的人，刚才有人改过。请再看一遍，再按一次。"
SAID_BEFORE = [("0", "没学会"), ("1", "要人帮"), ("2", "没有问过"), ("3", "自己会了")]


@dataclass(frozen=True)
class OutcomeRow:
    """Somebody as the screen draws them: one choice for each lesson."""

    line: RollLine
    choices: list["OutcomeChoice"]


@dataclass(frozen=True)
class OutcomeChoice:
    """A choice, and the hidden field that says what was shown: what nobody tapped is not put down again."""

    field: forms.BoundField
    was_name: str
    was: str


class OutcomesForm(forms.Form):
    """A choice for each person and lesson. 没点的都自己会了 puts down who has nothing yet."""

    def __init__(
        self,
        *args,
        lines: Sequence[RollLine],
        lessons: Sequence[Taught],
        said: Mapping[tuple[int, str], str],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.lines, self.lessons = lines, lessons
        for line in lines:
            for lesson in lessons:
                self.fields[self._name(line, lesson)] = forms.ChoiceField(
                    label=lesson.title,
                    choices=Mastery.choices,
                    required=False,
                    initial=said.get((line.learner.pk, lesson.code), ""),
                    widget=forms.RadioSelect,
                )

    @staticmethod
    def _name(line: RollLine, lesson: Taught) -> str:
        # By its code: where the lessons were changed meanwhile, no answer moves to another one.
        return f"{SAID}{line.learner.pk}-{lesson.code}"

    def clean(self):
        """Refuse what was tapped of a lesson or a person that is not asked about any more."""
        names = [name for name in self.data if name.startswith(SAID) and name not in self.fields]
        if any(self._is_tapped(name) for name in names):
            raise forms.ValidationError(CHANGED)
        return super().clean()

    def rows(self) -> Iterator[OutcomeRow]:
        """Yield everybody for the screen."""
        for line in self.lines:
            yield OutcomeRow(line, [self._choice(self._name(line, lesson)) for lesson in self.lessons])

    def _choice(self, name: str) -> OutcomeChoice:
        was = f"{WAS}{name}"
        return OutcomeChoice(self[name], was, self.data.get(was, self.fields[name].initial))

    def _is_tapped(self, name: str) -> bool:
        """True when something else was sent than was shown; somebody else may have changed it since."""
        return self.data.get(name, "") not in {"", self.data.get(f"{WAS}{name}")}

    def said(self) -> list[Said]:
        """Return what is to be put down; with 没点的都自己会了 also of those nothing was said of."""
        everybody = self.data.get("do") == EVERYBODY
        made = []
        for line in self.lines:
            for lesson in self.lessons:
                name = self._name(line, lesson)
                silent = Mastery.ALONE.value if everybody and not self.fields[name].initial else ""
                tapped = self.cleaned_data[name] if self._is_tapped(name) else ""
                if mastery := tapped or silent:
                    made.append(Said(learner_id=line.learner.pk, lesson_code=lesson.code, mastery=mastery))
        return made


class AfterForm(forms.Form):
    """How many days after the class one asks; anything else is 3."""

    after = forms.TypedChoiceField(choices=[(days, days) for days in UNTIL], coerce=int, required=False)

    def days(self) -> int:
        """Return the days."""
        return (self.is_valid() and self.cleaned_data["after"]) or min(UNTIL)


class AnswerForm(AfterForm):
    """What somebody said when they were asked."""

    mastery = forms.ChoiceField(choices=Mastery.choices)


class FollowUpFilters(RunFilter):
    """Whom to ask: of one class, and who said what at its end."""

    run_path = "session__run"
    said = forms.ChoiceField(label="上课那天", required=False, choices=[("", "都看"), *SAID_BEFORE])

    def __init__(self, *args, people: QuerySet, **kwargs):
        self.people = people
        super().__init__(*args, **kwargs)

    def waiting(self) -> QuerySet:
        return self.people

    def by_said(self, rows: QuerySet, need: str) -> QuerySet:
        return rows.filter(need=int(need))
