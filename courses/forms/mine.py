"""Forms of somebody who has enrolled. What is typed stays, whatever is wrong with it."""

from typing import Any

from django import forms

from courses.errors import Refused
from courses.forms.readers import ReadersForm
from courses.models import Enrolment


class OwnForm(ReadersForm):
    """What these forms have in common: which fields must be filled is said, and no browser says it first."""

    use_required_attribute = False
    # What must not be left empty.
    wanted: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.is_wanted = name in self.wanted  # type: ignore[attr-defined]
            field.error_messages["max_length"] = "写得太长了。"
            if name in self.wanted:
                field.widget.attrs["aria-required"] = "true"
            field.widget.attrs["class"] = "pick" if isinstance(field, forms.BooleanField) else "field"


class LookUpForm(OwnForm):
    """Asks for the voucher, and for what only the person knows."""

    voucher = forms.CharField(
        label="凭证上的 8 个数字",
        required=False,
        max_length=100,
        help_text="在报名凭证上，黑底白字。比如：4827 6135。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    proof = forms.CharField(
        label="号码的最后 4 个数字",
        required=False,
        max_length=100,
        help_text="报名时留的手机号。没有留的，填出生年份，比如 1950。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    failed = "没有查到"
    wanted = ("voucher", "proof")

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if refusal.code == "not-found":
            # Which of the two it is, is not told: it would help whoever guesses.
            for name in self.wanted:
                self.add_error(name, "请对一对这里。")


class ContactForm(OwnForm):
    """Whom to call: the learner's own number, and somebody beside them. No whole number is ever shown in it.

    Without the learner's own number where the enrolment does not prove that it is them.
    """

    failed = "没有改成"

    phone = forms.CharField(
        label="您的新手机号",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    contact_name = forms.CharField(
        label="有事还可以找谁",
        required=False,
        max_length=60,
        help_text="家人或居委干部。比如：女儿李芳。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label="这个人的电话",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any):
        super().__init__(*args, initial={"contact_name": enrolment.contact_name}, **kwargs)
        numbers = {
            "phone": enrolment.learner.masked_phone,
            "contact_phone": enrolment.masked_contact_phone,
        }
        if not enrolment.proves_who:
            del self.fields["phone"], numbers["phone"]
        for name, number in numbers.items():
            now = f"现在是 {number}。不改就空着。" if number else "手机 11 个数字，座机也行。"
            self.fields[name].help_text = now


class WithdrawForm(OwnForm):
    """The tick without which nothing is erased."""

    failed = "没有删"

    understood = forms.BooleanField(
        label="我知道了：删掉就找不回来",
        error_messages={"required": "真的要删，请先打这个勾。"},
    )
    wanted = ("understood",)
