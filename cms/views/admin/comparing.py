"""Wagtail's comparison of two versions, told in our words."""

from django.utils.html import format_html, format_html_join
from wagtail.admin.compare import FieldComparison, TextFieldComparison

from cms.services.changes import stream_changes
from cms.services.versions import items, plain


class StreamInWords(FieldComparison):
    """A stream of steps: which came, went, moved, and what each says now."""

    def has_changed(self):
        return bool(self._changes())

    def htmldiff(self):
        listed = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in self._changes()))
        return format_html('<ul class="changes">{}</ul>', listed)

    def _changes(self) -> list[str]:
        return stream_changes(items(self.val_a), items(self.val_b))


class TextInLines(TextFieldComparison):
    """A text of several lines, whichever way a browser or a package ended them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.val_a, self.val_b = plain(self.val_a), plain(self.val_b)
