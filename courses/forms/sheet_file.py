"""A table that staff upload: an .xlsx or a .csv, not too big."""

from typing import Any

from django import forms

from courses.services.sheets.archive import MAX_BYTES

MOST = MAX_BYTES // 1024 // 1024
TOO_BIG = f"文件太大了，最多 {MOST} MB。请把图片删掉，再选一次。"


class SheetField(forms.FileField):
    """The file; what is in it is looked at by a service."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", f"Excel 或 WPS 存的 .xlsx，也可以是 .csv。最大 {MOST} MB。")
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx,.csv"}))
        words = {
            "required": "请选一个文件。",
            "empty": "这个文件是空的，请看看选对了没有。",
            "invalid": "文件没传上来，请再选一次。",
            "missing": "文件没传上来，请再选一次。",
        }
        super().__init__(error_messages=words, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file
