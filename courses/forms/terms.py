"""A term: its code, its name, its first and last day."""

from django import forms

from courses.forms.desk import DeskForm
from courses.forms.fields import DayField, LineField
from courses.services.terms import TermDetails


class TermForm(DeskForm):
    """What a term is."""

    code = forms.CharField(
        label="代码",
        max_length=5,
        help_text="年份后两位加 A（春季）或 B（秋季），比如 26B。班级的编号里有它。",
    )
    name = LineField(label="名称", max_length=20, help_text="比如：2026 年秋季。")
    starts_on = DayField(label="第一天")
    ends_on = DayField(label="最后一天")

    def clean_code(self) -> str:
        return self.cleaned_data["code"].upper()

    def details(self) -> TermDetails:
        """Return what was filled in, for the services; the form must be valid."""
        return TermDetails(**self.cleaned_data)
