from django import forms
from django.contrib.auth.forms import SetPasswordForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.widgets import AdminDateInput

from cms.enums import Contrast, PhoneKind, TextSize


class DisplayForm(forms.Form):
    """How a reader wants to see the pages."""

    size = forms.ChoiceField(label="字的大小", choices=TextSize.choices, widget=forms.RadioSelect)
    contrast = forms.ChoiceField(label="颜色", choices=Contrast.choices, widget=forms.RadioSelect)
    phone = forms.ChoiceField(
        label="您的手机", choices=PhoneKind.choices, widget=forms.RadioSelect, required=False
    )


class NoMachineForm(forms.Form):
    """A form with a field no reader sees: what fills it in is a machine."""

    website = forms.CharField(required=False)

    def is_filled_by_a_machine(self) -> bool:
        return bool(self.data.get("website"))


class StepTapForm(NoMachineForm):
    """One tap: which page, what about which step (``unclear.step-3``), on which phone."""

    page = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    about = forms.RegexField(r"^(different|unclear)\.step(-\d{1,2}){1,2}\Z")
    phone = forms.ChoiceField(choices=PhoneKind.choices, required=False)

    def clean_website(self):
        if self.is_filled_by_a_machine():
            raise forms.ValidationError("machine")
        return ""

    def kind_and_anchor(self) -> tuple[str, str]:
        """Return what is said, and about which place on the page."""
        kind, _, anchor = self.cleaned_data["about"].partition(".")
        return kind, anchor


class TapWordsForm(NoMachineForm):
    """What a reader adds to a tap."""

    words = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": "写得太长了，最多 200 个字。现在有 %(show_value)d 个字。"},
    )


class StaffLoginForm(LoginForm):
    """Wagtail's, in the words of the log-in slip; its password field has no label that could be translated."""

    username = forms.CharField(label="账号名", max_length=254)
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"placeholder": "请填密码"})
    )
    error_messages = LoginForm.error_messages | {"invalid_login": "账号名或者密码不对。请再填一次。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["placeholder"] = "请填账号名"


class CodeForm(forms.Form):
    """The code after the password: six digits from a telephone, or a recovery code from paper."""

    code = forms.CharField(
        label="动态码",
        max_length=20,
        error_messages={
            "required": "请填动态码：手机上的 6 个数字。",
            "max_length": "太长了。动态码是 6 个数字。",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "size": 20}
        ),
    )


class FirstPasswordForm(SetPasswordForm):
    """A first password, typed twice. What makes a good one stands on the page."""

    error_messages = {"password_mismatch": "两遍填的不一样。请再填一次。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label, self.fields["new_password2"].label = "密码", "再填一遍"
        for field in self.fields.values():
            field.help_text = ""
            field.error_messages["required"] = "请填密码。"

    def validate_password_for_user(self, user, *args):
        """What is wrong with the password is said where it was typed first."""
        super().validate_password_for_user(user, "new_password1")


class CheckedForm(forms.Form):
    """When and on what many pages were checked; what is left empty stays as it is on each."""

    checked_on = forms.DateField(label="核对日期", required=False, widget=AdminDateInput)
    checked_phones = forms.CharField(
        label="核对机型", required=False, max_length=120, help_text="比如：华为畅享 60（鸿蒙 4）。"
    )
    checked_apps = forms.CharField(
        label="核对的 App 版本", required=False, max_length=120, help_text="比如：微信 8.0.50。"
    )
    review_by = forms.DateField(label="下次核对", required=False, widget=AdminDateInput)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.filled():
            raise forms.ValidationError("至少填一项。空着的，每一页都不动。")
        checked_on, review_by = cleaned.get("checked_on"), cleaned.get("review_by")
        if checked_on and review_by and review_by <= checked_on:
            self.add_error("review_by", "下次核对要在核对日期后面。")
        return cleaned

    def filled(self) -> dict:
        """Return what was filled in, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}
