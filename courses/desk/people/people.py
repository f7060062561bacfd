"""教师 and 志愿者: one list for both, and how a person is found by an address."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right, TeachingRole
from courses.forms.people import PeopleFilters
from courses.models import TeachingPerson

# What the desk calls each role: the word, the list, the form for somebody new.
WORDS = {
    TeachingRole.TEACHER: ("教师", "desk:teachers", "desk:new-teacher"),
    TeachingRole.VOLUNTEER: ("志愿者", "desk:volunteers", "desk:new-volunteer"),
}


def show_url(person: TeachingPerson) -> str:
    """Return where a person is shown."""
    return reverse("desk:person", args=[person.pk])


def list_of(role: str) -> tuple[str, str]:
    """Return the step of the path that leads to the list of this role."""
    word, list_name, _ = WORDS[TeachingRole(role)]
    return word, reverse(list_name)


def standing_words(person: TeachingPerson) -> str:
    """Return how far somebody is today."""
    return person.standing(on=timezone.localdate()).words


class OnePerson:
    """For screens below a person's address: the person, if they may be seen; else 404."""

    header_icon = "user"
    kwargs: dict[str, Any]
    request: Any
    visible: Any

    @cached_property
    def person(self) -> TeachingPerson:
        """The person of the address, with what pages say about them."""
        return self.visible(TeachingPerson.objects.with_all().select_related("user"), self.kwargs["pk"])

    def get_above(self):
        return [list_of(self.person.role), (self.person.name, show_url(self.person))]


class PeopleList(DeskList):
    """The people of one role in the branch."""

    right = Right.SEE_PEOPLE
    header_icon = "user"
    filter_form = PeopleFilters
    unit = "位"
    role: TeachingRole
    columns = [
        Column("姓名", lambda each: each.name, url=show_url),
        Column("机构", lambda each: str(each.organisation)),
        Column("资格", standing_words),
        Column("场景", lambda each: each.scenario_words, is_minor=True),
        Column("语言", lambda each: each.language_words, is_minor=True),
        Column("有空", lambda each: each.week_words, is_minor=True),
        Column("电话", lambda each: each.masked_phone, is_minor=True, is_whole=True),
        Column("编号", lambda each: each.number, is_minor=True, is_whole=True),
    ]

    def get_page_title(self):
        return WORDS[self.role][0]

    def get_rows(self):
        people = TeachingPerson.objects.visible_to(self.request.user).filter(role=self.role)
        return people.with_all().order_by("name_key", "pk")

    def get_buttons(self):
        word, _, new = WORDS[self.role]
        button = Button(f"登记一位{word}", reverse(new), is_chief=True)
        return [button] if self.may(Right.CHANGE_PEOPLE) else []


class TeacherList(PeopleList):
    """教师: who stands in front of a class."""

    role = TeachingRole.TEACHER
    export_name = "teachers"
    empty = "您这里还没有登记教师。"


class VolunteerList(PeopleList):
    """志愿者: who goes from seat to seat."""

    role = TeachingRole.VOLUNTEER
    export_name = "volunteers"
    empty = "您这里还没有登记志愿者。"
