"""Signing in at the door: four digits, and the name where two have the same."""

from django import forms


class CheckInForm(forms.Form):
    """What a learner gives. ``website`` no reader sees: what fills it in is a machine."""

    digits = forms.CharField(
        label="手机号最后 4 个数字",
        max_length=40,
        error_messages={"required": "请填手机号最后 4 个数字。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "field"}),
    )
    name = forms.CharField(
        label="姓名",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field"}),
    )
    website = forms.CharField(required=False)

    def is_filled_by_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def said(self) -> dict[str, str]:
        """Return what the service wants to know."""
        return {name: self.cleaned_data.get(name, "") for name in ("digits", "name")}
