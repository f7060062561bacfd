from django import forms

from cms.enums import Contrast, PhoneKind, TextSize


class DisplayForm(forms.Form):
    """How a reader wants to see the pages."""

    size = forms.ChoiceField(label="字的大小", choices=TextSize.choices, widget=forms.RadioSelect)
    contrast = forms.ChoiceField(label="颜色", choices=Contrast.choices, widget=forms.RadioSelect)
    phone = forms.ChoiceField(
        label="您的手机", choices=PhoneKind.choices, widget=forms.RadioSelect, required=False
    )
