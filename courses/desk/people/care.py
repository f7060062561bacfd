"""Screens for qualifications, the consent to be named, and the account that is theirs."""

from functools import cached_property

from django.http import Http404

from courses.desk.editing import DeskFormView
from courses.desk.people.change import PersonAction
from courses.desk.people.people import OnePerson, show_url
from courses.enums import Right
from courses.forms.desk import DeskForm
from courses.forms.people import AccountForm, ConsentForm, QualificationForm
from courses.models import Qualification
from courses.services.people_consent import (
    give_listed_consent,
    link_account,
    unlink_account,
    withdraw_listed_consent,
)
from courses.services.qualifications import add_qualification, remove_qualification


class NewQualification(OnePerson, DeskFormView):
    """记一项资格."""

    page_title = "记一项资格"
    right = Right.CHANGE_PEOPLE
    form_class = QualificationForm

    def save(self, form):
        add_qualification(person=self.person, by=self.request.user, **form.cleaned_data)
        return show_url(self.person)


class RemoveQualification(OnePerson, DeskFormView):
    """拿掉: a proof that was put down by mistake."""

    page_title = "拿掉一项资格"
    right = Right.CHANGE_PEOPLE
    form_class = DeskForm
    submit_label = "拿掉"
    is_dangerous = True
    done = "拿掉了。"

    @cached_property
    def proof(self) -> Qualification:
        """The proof of the address, if it is this person's; else 404."""
        asked = self.kwargs["proof"]
        found = next((each for each in self.person.qualifications.all() if each.pk == asked), None)
        if found is None:
            raise Http404
        return found

    @property
    def question(self):
        return f"{self.proof.get_kind_display()}，{self.proof.passed_on:%Y-%m-%d}。记错了才拿掉；过期的留着就好。"

    def save(self, form):
        remove_qualification(qualification=self.proof, by=self.request.user)
        return show_url(self.person)


class GiveConsent(OnePerson, DeskFormView):
    """本人同意公开姓名."""

    page_title = "本人同意公开姓名"
    right = Right.CHANGE_PEOPLE
    form_class = ConsentForm
    submit_label = "本人同意了，记下来"
    question = (
        "请把这段话念给本人听，本人点头了再记："
        "“同意以后，班级页面上会写您的姓名，不写电话。不同意也一样可以来，页面上不写名字。"
        "以后不想公开了，说一声，当天就撤下来。”"
    )
    done = "记下来了。"

    def save(self, form):
        give_listed_consent(person=self.person, on=form.cleaned_data["on"], by=self.request.user)
        return show_url(self.person)


class WithdrawConsent(PersonAction):
    """撤回同意: one press, at once."""

    done = "撤回了。班级页面上不再写姓名。"

    def do(self):
        withdraw_listed_consent(person=self.person, by=self.request.user)


class LinkAccount(OnePerson, DeskFormView):
    """连上账号."""

    page_title = "连上账号"
    right = Right.CHANGE_PEOPLE
    form_class = AccountForm
    submit_label = "连上"
    done = "连上了。"

    def save(self, form):
        link_account(person=self.person, user=form.cleaned_data["account"], by=self.request.user)
        return show_url(self.person)


class UnlinkAccount(PersonAction):
    """断开账号."""

    done = "断开了。账号本身还在。"

    def do(self):
        unlink_account(person=self.person, by=self.request.user)
