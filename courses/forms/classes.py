"""Filters and forms of classes and their sessions."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunMode, RunState, TeachingRole
from courses.forms.class_fields import (
    ClockField,
    MomentField,
    PeopleField,
    PersonField,
    RoomField,
    SizeFields,
    TellFields,
    TermField,
    people_at_hand,
)
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.fields import DayField
from courses.models import ClassSession, CourseRun, Organisation, Room, TeachingPerson, Term
from courses.models.course_run import CourseRunQuerySet
from courses.services.seats import states_of


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
        """Whether a class is full, its seats say: only those that are open are counted."""
        wanted, now = RunState(state), timezone.now()
        found = rows.in_state(wanted, now=now)
        if wanted not in {RunState.OPEN, RunState.FULL}:
            return found
        stand = states_of(found.order_by(), now=now)
        return found.filter(pk__in=[pk for pk, (is_now, _) in stand.items() if is_now is wanted])

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
    """Another day, time, room, or other helpers for one session."""

    on = DayField(label="改到哪天")
    starts = ClockField(label="几点开始")
    ends = ClockField(label="几点结束")
    room = RoomField(label="哪间教室", queryset=Room.objects.none(), empty_label="请选一间")
    helpers = PeopleField(label="哪几位志愿者来帮")

    field_order = ["on", "starts", "ends", "room", "helpers", "because"]

    def __init__(self, *args, session: ClassSession, **kwargs):
        self.session = session
        super().__init__(*args, **kwargs)
        if not RunMode(session.mode).needs_place:
            del self.fields["room"]
        elif session.room is None and session.venue:
            # A place without rooms, as plans from Excel have it: it may stay so.
            room = cast("RoomField", self.fields["room"])
            room.required, room.empty_label = False, f"{session.venue}，不定教室"

    def limit_choices(self) -> None:
        # Whoever and whatever the session has now may stay, whosesoever it is.
        rooms = Room.objects.at_hand_of(self.user).filter(closed_on=None, venue__closed_on=None)
        rooms = Room.objects.filter(Q(pk__in=rooms.values("pk")) | Q(pk=self.session.room_id))
        self.choose("room", rooms.select_related("venue").order_by("venue__name", "name"))
        people = people_at_hand(self.user, TeachingRole.VOLUNTEER).order_by()
        kept = self.session.helpers.values("pk")
        people = TeachingPerson.objects.filter(Q(pk__in=people.values("pk")) | Q(pk__in=kept))
        self.choose("helpers", people.select_related("organisation").order_by("name", "pk"))

    def place(self) -> dict[str, Any]:
        """Return what was chosen besides the time, as fields of a plan; the form must be valid."""
        chosen: dict[str, Any] = {"helpers": list(self.cleaned_data["helpers"])}
        if room := self.cleaned_data.get("room"):
            chosen |= {"room": room, "venue": room.venue}
        return chosen


class MakeUpForm(MoveForm):
    """On which day a cancelled session is made up for. Why is known: it was cancelled."""

    on = DayField(label="补在哪天")
    because = None


class TeacherForm(ReasonForm):
    """Somebody else teaches: once, or from here to the end."""

    teacher = PersonField(label="换成哪位老师", empty_label="请选一位")
    rest = forms.BooleanField(label="后面几次也换", required=False)

    field_order = ["teacher", "rest", "because"]

    def limit_choices(self) -> None:
        self.choose("teacher", people_at_hand(self.user, TeachingRole.TEACHER))


class EditRunForm(SizeFields, TellFields):
    """What a class is, apart from its sessions and who organises it."""

    title = forms.CharField(label="班级叫什么", max_length=60)
    returning_from = MomentField(
        label="老学员从什么时候先报",
        required=False,
        help_text="在这里上过课的人先报，由工作人员来填。空着，和大家一起报。",
    )
    enrol_from = MomentField(label="从什么时候报名", required=False, help_text="空着，公布了就能报。")
    enrol_until = MomentField(label="报名到什么时候", required=False, help_text="空着，开班前都能报。")

    groups = [
        ("班级", ["title", "tongue", "link"]),
        ("收多少人", ["capacity", "waiting_places", "minimum", "fee"]),
        ("报名", ["returning_from", "enrol_from", "enrol_until"]),
        ("告诉老人", ["contact_name", "contact_phone", "audience", "bring"]),
    ]

    def __init__(self, *args, run: CourseRun, **kwargs):
        super().__init__(*args, **kwargs)
        if not RunMode(run.mode).needs_link:
            del self.fields["link"]

    def changes(self) -> dict[str, Any]:
        """Return what is new; the form must be valid."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


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

    term = TermField(label="复制到哪个学期", empty_label="请选一个")

    def limit_choices(self) -> None:
        cast("TermField", self.fields["term"]).offer_current()


def moment_of(on, clock) -> datetime:
    """Return a moment by Shanghai's clock."""
    return datetime.combine(on, clock, tzinfo=timezone.get_current_timezone())
