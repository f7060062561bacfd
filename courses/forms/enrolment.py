"""What somebody says who enrols from the web, for themselves or for somebody at their side."""

from typing import Any

from django import forms
from django.utils import timezone

from cms.forms import NoMachineForm
from courses.enums import FilledBy
from courses.forms.fields import AreaField, LongSelect
from courses.forms.readers import ReadersForm
from courses.rules.learners import birth_year_refusal
from courses.rules.names import name_refusal, tidy
from courses.rules.personal_data import NOTICE_VERSION
from courses.rules.phones import normalised, phone_refusal
from courses.services.enrolment.enrolling import Wish
from courses.services.learners import LearnerFacts

FIELD = {"class": "field"}
TEL = FIELD | {"inputmode": "tel", "type": "tel"}
# The box or ring that shows what else is asked; without the style sheet everything is shown.
OPENS = "pick pick-opens"
NO_PHONE = "请填电话。没有手机，也没有座机，就勾“没有号码”。"
# What a service says to staff, where a reader cannot do it.
TO_READERS = {
    "household-full": "这个号码已经登记了 4 个人，不能再加。请换一个号码，或者打电话报名。",
    # Which class it is, the look-up tells to who has the voucher: a name and a number are known to neighbours too.
    "overlaps": "这个时间已经报了别的班。两个班只能上一个。",
}


class WhoFillsIn(forms.RadioSelect):
    """Whoever helps is asked more."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["class"] = OPENS if value == FilledBy.HELPER else "pick"
        return option


class EnrolForm(ReadersForm, NoMachineForm):
    """The form of `/classes/<code>/enrol/`."""

    failed = "这次没有报上"
    instead = TO_READERS

    name = forms.CharField(
        label="姓名",
        max_length=60,
        help_text="谁来上课，就填谁的姓名。",
        widget=forms.TextInput(attrs=FIELD | {"autocomplete": "name"}),
        error_messages={"required": "请填姓名。", "max_length": "姓名太长了，最多 40 个字。"},
    )
    phone = forms.CharField(
        label="电话",
        required=False,
        max_length=40,
        help_text="手机 11 个数字，座机也行。没有手机，就勾下面一格。",
        widget=forms.TextInput(attrs=TEL | {"autocomplete": "tel"}),
        error_messages={"max_length": "太长了。只填一个号码，手机是 11 个数字。"},
    )
    no_phone = forms.BooleanField(
        label="没有号码，也能报名", required=False, widget=forms.CheckboxInput(attrs={"class": OPENS})
    )
    area = AreaField(
        label="住在哪个街镇",
        required=False,
        help_text="没有手机，靠这个认人。先找区，再找街镇。",
        widget=LongSelect(attrs=FIELD),
    )
    birth_year = forms.CharField(
        label="哪一年生的",
        max_length=20,
        help_text="写 4 个数字，比如 1950。",
        widget=forms.TextInput(attrs=FIELD | {"inputmode": "numeric", "autocomplete": "bday-year"}),
        error_messages={
            "required": "请填哪一年生的，比如 1950。",
            "max_length": "只写 4 个数字，比如 1950。",
        },
    )
    filled_by = forms.ChoiceField(
        label="谁在填这张表",
        choices=FilledBy.choices,
        required=False,
        widget=WhoFillsIn,
        error_messages={"invalid_choice": "请选一个：我自己，或者家人、居委。"},
    )
    contact_name = forms.CharField(
        label="有事找谁",
        required=False,
        max_length=60,
        help_text="比如：女儿李芳。",
        widget=forms.TextInput(attrs=FIELD | {"autocomplete": "off"}),
        error_messages={"max_length": "姓名太长了，最多 40 个字。"},
    )
    contact_phone = forms.CharField(
        label="这个人的电话",
        required=False,
        max_length=40,
        help_text="手机 11 个数字，座机也行。",
        widget=forms.TextInput(attrs=TEL | {"autocomplete": "off"}),
        error_messages={"max_length": "太长了。只填一个号码，手机是 11 个数字。"},
    )
    consent = forms.BooleanField(
        label="我看过了，同意",
        widget=forms.CheckboxInput(attrs={"class": "pick"}),
        error_messages={"required": "看过上面这几句，请打勾。不同意，可以打电话报名。"},
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        return _unless(name_refusal(name), name)

    def clean_phone(self) -> str:
        number = normalised(self.cleaned_data["phone"])
        return _unless(number and phone_refusal(number), number)

    def clean_contact_phone(self) -> str:
        number = normalised(self.cleaned_data["contact_phone"])
        return _unless(number and phone_refusal(number), number)

    def clean_contact_name(self) -> str:
        return tidy(self.cleaned_data["contact_name"])

    def clean_birth_year(self) -> int:
        digits = normalised(self.cleaned_data["birth_year"]).removesuffix("年")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
            raise forms.ValidationError("只写 4 个数字，比如 1950。")
        return _unless(birth_year_refusal(int(digits), year=timezone.localdate().year), int(digits))

    def clean_filled_by(self) -> str:
        return self.cleaned_data["filled_by"] or FilledBy.SELF

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.is_filled_by_a_machine():
            raise forms.ValidationError("没有报上。请再填一次，或者打电话报名。")
        if said.get("phone") == "":
            self._check_without_phone(said)
        if said.get("filled_by") == FilledBy.HELPER:
            self._check_contact(said)
        return said

    def _check_without_phone(self, said: dict) -> None:
        if not said.get("no_phone"):
            self.add_error("phone", NO_PHONE)
        elif said.get("area") is None and "area" not in self.errors:
            self.add_error("area", "没有手机，就要选住在哪个街镇，好认人。")

    def _check_contact(self, said: dict) -> None:
        for name, words in (
            ("contact_name", "请填有事找谁。"),
            ("contact_phone", "请填这个人的电话。"),
        ):
            if said.get(name) == "":
                self.add_error(name, words)

    def facts(self) -> LearnerFacts:
        """Return what was said about the learner, as the services take it."""
        said = self.cleaned_data
        return LearnerFacts(
            name=said["name"], phone=said["phone"], birth_year=said["birth_year"], area=said["area"]
        )

    def wish(self, token: str) -> Wish:
        """Return how they enrol. Whom to call is only asked of who fills it in for somebody."""
        said = self.cleaned_data
        is_helped = said["filled_by"] == FilledBy.HELPER
        return Wish(
            consent_version=NOTICE_VERSION,
            filled_by=said["filled_by"],
            contact_name=said["contact_name"] if is_helped else "",
            contact_phone=said["contact_phone"] if is_helped else "",
            token=token,
        )

    def typed(self) -> list[tuple[str, str]]:
        """Return what was filled in, as it was."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]


def _unless(refusal: str | None, value):
    if refusal:
        raise forms.ValidationError(refusal)
    return value
