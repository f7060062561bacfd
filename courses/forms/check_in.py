"""Signing in at the door: four digits, and the name where two have the same."""

from django import forms

from cms.forms import NoMachineForm
from courses.errors import Refused
from courses.forms.readers import ReadersForm


class CheckInForm(ReadersForm, NoMachineForm):
    """What a learner gives."""

    failed = "这次没有签上"
    use_required_attribute = False

    digits = forms.CharField(
        label="号码的最后 4 个数字",
        max_length=40,
        help_text="报名时留的手机号。没有留的，填出生年份，比如 1950。",
        error_messages={
            "required": "请填号码的最后 4 个数字。",
            "max_length": "写得太长了，只填 4 个数字。",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "field"}),
    )
    name = forms.CharField(
        label="姓名",
        max_length=60,
        required=False,
        help_text="两个人用一个手机号的，请填。",
        error_messages={"max_length": "姓名太长了，最多 40 个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field"}),
    )

    def clean(self) -> dict:
        if self.is_filled_by_a_machine():
            raise forms.ValidationError("请再填一次，或者请老师帮您签。")
        return self.cleaned_data

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if refusal.code == "not-enrolled":
            self.add_error("digits", "请对一对这里。")

    def said(self) -> dict[str, str]:
        """Return what the service wants to know."""
        return {name: self.cleaned_data[name] for name in ("digits", "name")}
