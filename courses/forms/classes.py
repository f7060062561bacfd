"""Filters and forms of classes and their sessions."""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunMode, RunState
from courses.forms.desk import DeskForm, FilterForm
from courses.models import CourseRun, Organisation, TeachingPerson, Term
from courses.models.course_run import CourseRunQuerySet


class RunFilters(FilterForm):
    """Find classes by code or name, state, term, scenario and how they are held."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "都看"), *RunState.choices])
    term = forms.ModelChoiceField(
        label="学期", required=False, queryset=Term.objects.none(), to_field_name="code", empty_label="都看"
    )
    scenario = forms.ChoiceField(label="场景", required=False, choices=[("", "都看"), *Scenario.choices])
    mode = forms.ChoiceField(label="形式", required=False, choices=[("", "都看"), *RunMode.choices])

    def limit_choices(self) -> None:
        self.choose("term", Term.objects.all())

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(Q(title__icontains=words) | Q(code__icontains=words))

    def by_state(self, rows: CourseRunQuerySet, state: str) -> QuerySet:
        return rows.in_state(RunState(state), now=timezone.now())

    def by_term(self, rows: QuerySet, term: Term) -> QuerySet:
        return rows.filter(term=term)

    def by_scenario(self, rows: QuerySet, scenario: str) -> QuerySet:
        touching = CourseRun.objects.filter(sessions__main_scenario=scenario)
        return rows.filter(pk__in=touching.values("pk"))

    def by_mode(self, rows: QuerySet, mode: str) -> QuerySet:
        return rows.filter(mode=mode)


class ReasonForm(DeskForm):
    """Why something is done; those who come to class read it."""

    because = forms.CharField(
        label="为什么",
        max_length=100,
        help_text="来上课的人看得到。比如：场地停电。",
        error_messages={"required": "写一句为什么。"},
    )


class MoveForm(ReasonForm):
    """Another day, time or room for one session."""

    on = forms.DateField(label="改到哪天", widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label="几点开始", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label="几点结束", widget=forms.TimeInput(attrs={"type": "time"}))


class TeacherForm(ReasonForm):
    """Somebody else teaches: once, or from here to the end."""

    teacher = forms.ModelChoiceField(
        label="换成哪位老师", queryset=TeachingPerson.objects.none(), empty_label="请选一位"
    )
    rest = forms.BooleanField(label="后面几次也换", required=False)

    field_order = ["teacher", "rest", "because"]

    def limit_choices(self) -> None:
        people = TeachingPerson.objects.at_hand_of(self.user).filter(left_on=None)
        self.choose("teacher", people.select_related("organisation").order_by("name"))


class CancelDayForm(ReasonForm):
    """All sessions of a day, in a branch, for one reason: a typhoon."""

    on = forms.DateField(label="哪一天", widget=forms.DateInput(attrs={"type": "date"}))
    organisation = forms.ModelChoiceField(
        label="哪个机构和它下面的",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="我管的全部",
    )
    # What was shown before the second press; empty at the first.
    sure = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    field_order = ["on", "organisation", "because"]

    def limit_choices(self) -> None:
        self.choose("organisation", Organisation.objects.visible_to(self.user).order_by("lineage"))


class CopyForm(DeskForm):
    """To which term classes are copied."""

    term = forms.ModelChoiceField(
        label="复制到哪个学期", queryset=Term.objects.none(), empty_label="请选一个"
    )

    def limit_choices(self) -> None:
        self.choose("term", Term.objects.filter(ends_on__gte=timezone.localdate()))


def moment_of(on, clock) -> datetime:
    """Return a moment by Shanghai's clock."""
    return datetime.combine(on, clock, tzinfo=timezone.get_current_timezone())
