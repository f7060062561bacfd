"""Forms of somebody who has enrolled. What is typed stays, whatever is wrong with it."""

from typing import Any

from django import forms

from courses.errors import Refused


class OwnForm(forms.Form):
    """A form that services refuse: by field where they say which, else as a whole."""

    use_required_attribute = False
    # Where a refusal that names no field is shown, and what must not be left empty.
    wrong_where: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.is_wanted = name in self.wanted  # type: ignore[attr-defined]
            field.error_messages["max_length"] = "写得太长了。"
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "field"

    def refuse(self, refusal: Refused) -> None:
        """Show why a service said no."""
        for name, words in refusal.fields.items():
            self.add_error(name if name in self.fields else None, words)
        if not refusal.fields:
            self.add_error(None, str(refusal))
            for name in self.wrong_where:
                self.add_error(name, "请对一对这里。")

    @property
    def wrong(self) -> list[forms.BoundField]:
        """The fields to be mended, in their order."""
        return [field for field in self if field.errors]


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
        label="手机号的最后 4 个数字",
        required=False,
        max_length=100,
        help_text="报名时没有留电话的，填出生年份，比如 1950。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    wrong_where = wanted = ("voucher", "proof")
