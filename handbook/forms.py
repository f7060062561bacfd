"""What the staff area asks before an edition is published."""

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from handbook.services.editions import LONGEST_NOTE, SAME, ComingChapter, ComingEdition


class EditionForm(forms.Form):
    """Number, day and what is new; one line for each chapter that is new or changed."""

    number = forms.IntegerField(
        label="第几版", min_value=1, max_value=9999, help_text="接着上一版往下数。出过纸书的，可以跳过去。"
    )
    published_on = forms.DateField(label="日期", widget=AdminDateInput, help_text="印在封面上的日子。")
    note = forms.CharField(
        label="这一版改了什么",
        max_length=300,
        help_text="一句话，读者和志愿者都看得到。比如：第 4 章换成新版微信的图，加了第 11 章。",
    )
    although_unchanged = forms.BooleanField(
        label="和上一版一模一样，也要发", required=False, help_text="比如只是重印，要换个日期。"
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, coming: ComingEdition, **kwargs):
        self.coming = coming
        first = {"number": coming.number, "published_on": timezone.localdate(), "seen": coming.fingerprint}
        super().__init__(*args, **kwargs | {"initial": first})
        if not (coming.last and coming.is_unchanged):
            del self.fields["although_unchanged"]
        for chapter in self._noted():
            self.fields[_name(chapter)] = forms.CharField(
                label=f"第 {chapter.page.number} 章改了什么",
                max_length=LONGEST_NOTE,
                required=False,
                initial=chapter.note,
            )

    def rows(self) -> list[tuple[ComingChapter, forms.BoundField | None]]:
        """Return each chapter with the line for its note; an unchanged one has none."""
        noted = {id(chapter) for chapter in self._noted()}
        return [
            (chapter, self[_name(chapter)] if id(chapter) in noted else None)
            for chapter in self.coming.chapters
        ]

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("还没有到的日子不能写。写今天，或者以前的。")
        return day

    def chapter_notes(self) -> dict[int, str]:
        """Return what was written about each chapter, by its id."""
        return {chapter.page.pk: self.cleaned_data[_name(chapter)] for chapter in self._noted()}

    def _noted(self) -> list[ComingChapter]:
        # In the first edition everything is new: there is nothing to say of one chapter.
        return [chapter for chapter in self.coming.chapters if self.coming.last and chapter.state != SAME]


def _name(chapter: ComingChapter) -> str:
    return f"note_{chapter.page.pk}"
