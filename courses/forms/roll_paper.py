"""Numbers typed off a signed sheet, and photos of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from courses.forms.desk import DeskForm
from courses.forms.fields import LineField, ReasonField
from courses.rules.roll_numbers import LONGEST
from courses.services.roll_paper.entering import HOWS, Reading
from courses.services.roll_paper.photos import AT_ONE_TIME, MAX_BYTES


class NumbersForm(DeskForm):
    """One line of numbers. ``looked_at`` is what was last shown: only what one has seen is put down."""

    numbers = LineField(
        label="号码",
        max_length=LONGEST,
        help_text=(
            "签了名的号码，用空格或逗号隔开，5 到 9 号写 5-9。迟到写 4迟（或 4c），"
            "早退写 6退40（或 6t40，在了 40 分钟），没来写 7缺（或 7q），请假写 8假（或 8j）。"
        ),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "off"}),
    )
    rest = forms.BooleanField(label="没写的都没来", required=False)
    how = forms.ChoiceField(
        label="号码从哪里来",
        choices=[(how.value, how.label) for how in HOWS],
        initial=HOWS[0].value,
        widget=forms.RadioSelect,
    )
    because = ReasonField()
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seen_version(self) -> str:
        """What was shown last, as the `Reading` calls it; "" for nothing."""
        return self.cleaned_data["looked_at"].partition(" ")[0]

    def is_as_typed(self) -> bool:
        """True when nothing was typed anew since it was shown."""
        return self.cleaned_data["looked_at"].partition(" ")[2] == self._typed()

    def show_as_seen(self, reading: Reading) -> None:
        """Let the form that is drawn now carry what is shown beside it."""
        version = reading.version(rest_is_absent=self.cleaned_data["rest"])
        self.data = dict(self.data.items()) | {"looked_at": f"{version} {self._typed()}"}

    def _typed(self) -> str:
        asked = self.cleaned_data
        return f"{asked['how']} {asked['rest']:d} {asked['numbers']}"


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """One picture or several; cleaned to a list. What they are is looked at by the service."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        # Each by itself: an empty file or an endless name is refused here.
        one = super().clean
        return [one(each, initial) for each in data] if data else [one(None, initial)]


class PhotosForm(DeskForm):
    """Photos of the signed sheet."""

    photos = PhotosField(
        label="照片",
        help_text=(
            f"把每张签到表拍清楚，一次最多选 {AT_ONE_TIME} 张。"
            f"JPG、PNG、HEIC，一张最多 {MAX_BYTES // 1024 // 1024} MB。"
            "人脸不要拍进去。"
        ),
        error_messages={"required": "请选照片。", "empty": "这个文件是空的，请重新选。"},
        widget=_SeveralFiles(attrs={"accept": ".jpg,.jpeg,.png,.webp,.heic,.heif,image/*"}),
    )


class RemovePhotoForm(DeskForm):
    """Why a photo is taken away."""

    because = LineField(label="为什么拿掉", max_length=100, help_text="比如：拍了别的班的。会一直留着。")
