"""Which file is to be imported as a plan, and for which term."""

from django import forms

from courses.forms.desk import DeskForm
from courses.models import Term
from courses.services.sheets.archive import MAX_BYTES

TOO_BIG = f"文件太大了，最多 {MAX_BYTES // 1024 // 1024} MB。请把图片删掉，再选一次。"


class PlanImportForm(DeskForm):
    """A term, which says the year of dates that bear none, and a table."""

    term = forms.ModelChoiceField(
        label="哪个学期",
        queryset=Term.objects.all(),
        empty_label="请选一个",
        help_text="表里的日期没写年份的，按这个学期算。",
        error_messages={"required": "请选一个学期。", "invalid_choice": "没有这个学期，请重新选。"},
    )
    file = forms.FileField(
        label="开班计划表",
        help_text="Excel 或 WPS 存的 .xlsx，也可以是 .csv。最大 5 MB。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "请选一个文件。",
            "empty": "这个文件是空的，请看看选对了没有。",
            "invalid": "文件没传上来，请再选一次。",
            "missing": "文件没传上来，请再选一次。",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file
