"""Who somebody is, whom to turn to, and what they are found by: asked alike wherever the desk asks."""

from django import forms

from courses.forms.desk import DeskForm
from courses.forms.fields import AreaField

PHONE = {"inputmode": "tel", "autocomplete": "off"}
OFF = {"autocomplete": "off"}


class NameOrTailField(forms.CharField):
    """Finds somebody by how their name begins, or the last four digits of their number.

    A whole number would stand in the address: browsers do not send what does not fit.
    """

    def __init__(self, **kwargs):
        about = {
            "type": "search",
            "pattern": r"\s*(\D.*|\d{4})",
            "title": "写姓名的开头，或者电话的最后 4 位",
            **OFF,
        }
        super().__init__(
            label="姓名开头或电话后 4 位",
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs=about),
            **kwargs,
        )


class WhoFields(DeskForm):
    """Who a learner is."""

    name = forms.CharField(
        label="姓名",
        max_length=60,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "请问姓名，填在这里。"},
    )
    phone = forms.CharField(
        label="电话",
        required=False,
        max_length=30,
        help_text="手机或座机。没有就空着。一家人可以用同一个。",
        widget=forms.TextInput(attrs=PHONE),
    )
    birth_year = forms.IntegerField(
        label="哪一年生的",
        required=False,
        help_text="4 个数字，比如 1950。不要问生日。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": "只写 4 个数字，比如 1950。"},
    )
    says_senior = forms.BooleanField(
        label="自己说满 60 岁了", required=False, help_text="不知道、不肯说哪年生的，打这个勾。"
    )
    area = AreaField(label="住在哪个街镇", required=False, empty_label="没有选")
    is_identity_confirmed = forms.BooleanField(
        label="没有电话，我当面认过本人",
        required=False,
        help_text="没有电话的人，靠姓名、哪年生的和街镇来认。有电话，不用打这个勾。",
    )

    def who(self) -> dict:
        """Return what was said of them; the form must be valid."""
        return {name: self.cleaned_data[name] for name in WhoFields.base_fields}


class ContactFields(DeskForm):
    """Whom to turn to."""

    contact_name = forms.CharField(
        label="有事找谁",
        required=False,
        max_length=60,
        help_text="家人或居委干部；别人帮着报的，写那个人。可以空着。",
        widget=forms.TextInput(attrs=OFF),
    )
    contact_phone = forms.CharField(
        label="那个人的电话", required=False, max_length=30, widget=forms.TextInput(attrs=PHONE)
    )
