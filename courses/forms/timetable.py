"""What is chosen for calendars and for timetables on paper, and whose sessions a calendar link shows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import FeedKind
from courses.forms.class_fields import PersonField, RoomField
from courses.forms.desk import DeskForm, FilterForm
from courses.models import Organisation, Room, TeachingPerson, Term


class MonthFilters(FilterForm):
    """Which sessions a month shows."""

    q = None
    scenario = forms.ChoiceField(label="场景", required=False, choices=[("", "都看"), *Scenario.choices])
    organisation = forms.ModelChoiceField(
        label="机构和它下面的",
        required=False,
        queryset=Organisation.objects.none(),
        to_field_name="code",
        empty_label="都看",
    )

    def limit_choices(self) -> None:
        self.choose("organisation", Organisation.objects.visible_to(self.user).order_by("lineage"))

    def by_scenario(self, rows: QuerySet, scenario: str) -> QuerySet:
        return rows.filter(main_scenario=scenario)

    def by_organisation(self, rows: QuerySet, organisation: Organisation) -> QuerySet:
        return rows.filter(run__organiser__in=Organisation.objects.branch(organisation).values("pk"))


class TimetableChoice(DeskForm):
    """Of which term and school a timetable is printed."""

    term = forms.ModelChoiceField(
        label="学期", queryset=Term.objects.none(), to_field_name="code", empty_label="请选一个"
    )
    organisation = forms.ModelChoiceField(
        label="机构和它下面的",
        queryset=Organisation.objects.none(),
        to_field_name="code",
        empty_label="请选一个",
    )

    def limit_choices(self) -> None:
        self.choose("term", Term.objects.all())
        self.choose("organisation", Organisation.objects.visible_to(self.user).order_by("lineage"))
        self.fields["term"].initial = Term.objects.at(timezone.localdate()).first()


class FeedForm(DeskForm):
    """For whom a calendar link is made: exactly one of three."""

    person = PersonField(label="老师或志愿者", required=False, empty_label="不选")
    room = RoomField(label="教室", required=False, queryset=Room.objects.none(), empty_label="不选")
    school = forms.ModelChoiceField(
        label="机构和它下面的", required=False, queryset=Organisation.objects.none(), empty_label="不选"
    )

    def limit_choices(self) -> None:
        people = TeachingPerson.objects.at_hand_of(self.user).filter(left_on=None)
        rooms = Room.objects.at_hand_of(self.user).filter(closed_on=None)
        self.choose("person", people.select_related("organisation").order_by("name"))
        self.choose("room", rooms.select_related("venue").order_by("venue__name", "name"))
        self.choose("school", Organisation.objects.visible_to(self.user).order_by("lineage"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and sum(given.get(kind) is not None for kind in FeedKind.values) != 1:
            raise forms.ValidationError("三样里选一样：一位老师，或者一间教室，或者一个机构。")
        return given

    def chosen(self) -> TeachingPerson | Room | Organisation:
        """Return the one that was chosen."""
        return next(filter(None, (self.cleaned_data[kind] for kind in FeedKind.values)))
