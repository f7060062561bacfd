"""Wagtail's comparison of two versions, told in our words."""

from django.utils.html import format_html, format_html_join
from wagtail.admin.compare import FieldComparison

from cms.services.changes import stream_changes
from cms.services.versions import items


class StreamInWords(FieldComparison):
    """A stream of steps: which came, went, moved, and what each says now."""

    def has_changed(self):
        return bool(self._changes())

    def htmldiff(self):
        listed = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in self._changes()))
        return format_html('<ul class="changes">{}</ul>', listed)

    def _changes(self) -> list[str]:
        return stream_changes(items(self.val_a), items(self.val_b))
