"""Forms of teachers and volunteers: somebody new, somebody known, leaving and coming back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect

from courses.desk.base import DeskAction
from courses.desk.editing import DeskFormView
from courses.desk.people.people import WORDS, OnePerson, list_of, show_url
from courses.enums import Right, TeachingRole
from courses.errors import Refused
from courses.forms.people import ChangePersonForm, LeavingForm, PersonForm
from courses.models import TeachingPerson
from courses.services.teaching_people import (
    change_person,
    come_back,
    create_person,
    leave,
    same_person_elsewhere,
)


class PersonFormView(DeskFormView):
    """What the forms for somebody new and somebody known have in common."""

    right = Right.CHANGE_PEOPLE
    header_icon = "user"
    template_name = "courses/desk/people/form.html"
    request: Any

    def tell_of_others(self, person: TeachingPerson) -> None:
        """Say that the same person is at other organisations too: that is allowed, and good to know."""
        for other in same_person_elsewhere(person, user=self.request.user):
            where = f"{other.organisation.name}（{other.number}）"
            messages.warning(self.request, f"同一个人也登记在{where}。两边都教没关系，排课时看一下时间。")


class NewPerson(PersonFormView):
    """登记: somebody new, with a number of their own."""

    form_class = PersonForm
    role: TeachingRole
    done = "登记好了。"

    def get_page_title(self):
        return f"登记一位{WORDS[self.role][0]}"

    def get_above(self):
        return [list_of(self.role)]

    def get_initial(self):
        return {"organisation": self.acting.organisation, "speaks_mandarin": True}

    def save(self, form):
        person = create_person(role=self.role, by=self.request.user, **form.cleaned_data)
        self.tell_of_others(person)
        return show_url(person)


class NewTeacher(NewPerson):
    """登记教师."""

    role = TeachingRole.TEACHER


class NewVolunteer(NewPerson):
    """登记志愿者."""

    role = TeachingRole.VOLUNTEER


class ChangePerson(OnePerson, PersonFormView):
    """改资料."""

    page_title = "改资料"
    form_class = ChangePersonForm

    def get_initial(self):
        return ChangePersonForm.initial_of(self.person)

    def save(self, form):
        wanted = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "forget_phone"}
        wanted["phone"] = form.new_phone()
        person = change_person(person=self.person, by=self.request.user, **wanted)
        self.tell_of_others(person)
        return show_url(person)


class PersonLeaves(OnePerson, DeskFormView):
    """不来了: from a day on."""

    page_title = "不来了"
    right = Right.CHANGE_PEOPLE
    form_class = LeavingForm
    submit_label = "记下来"
    question = "从这一天起，排课时不再出现。登记和编号都留着，回来了还能用。"
    done = "记下来了。"

    def save(self, form):
        leave(person=self.person, on=form.cleaned_data["on"], by=self.request.user)
        return show_url(self.person)


class PersonAction(OnePerson, DeskAction):
    """A button on a person's page that does something at once; a refusal is said on that page."""

    right = Right.CHANGE_PEOPLE
    done = ""

    def do(self) -> None:
        """Do it by a service."""
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        try:
            self.do()
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(show_url(self.person))


class PersonIsBack(PersonAction):
    """回来了."""

    done = "记下来了，排课时又能选了。"

    def do(self):
        come_back(person=self.person, by=self.request.user)
