"""Which file is to be imported as a plan, and for which term."""

from django import forms

from courses.forms.desk import DeskForm
from courses.forms.sheet_file import SheetField
from courses.models import Term


class PlanImportForm(DeskForm):
    """A term, which says the year of dates that bear none, and a table."""

    term = forms.ModelChoiceField(
        label="哪个学期",
        queryset=Term.objects.all(),
        empty_label="请选一个",
        help_text="表里的日期没写年份的，按这个学期算。",
        error_messages={"required": "请选一个学期。", "invalid_choice": "没有这个学期，请重新选。"},
    )
    file = SheetField(label="开班计划表")
