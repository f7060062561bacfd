"""Choosers that take what was fetched for the whole page before they ask the database themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.blocks import ChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# {model: {id: what was found, or None}}
_fetched: ContextVar[dict | None] = ContextVar("fetched", default=None)


@contextmanager
def already_fetched(things: dict[type, dict]) -> Iterator[None]:
    """Within, choosers of these models take from ``things``, ``{model: {id: object or None}}``."""
    token = _fetched.set(things)
    try:
        yield
    finally:
        _fetched.reset(token)


class _TakesFetched(ChooserBlock):
    """Looks among what was fetched already; stored, and shown in the editor, as Wagtail's own chooser."""

    def bulk_to_python(self, values):
        fetched = (_fetched.get() or {}).get(self.model_class, {})
        if all(value is None or value in fetched for value in values):
            return [fetched.get(value) for value in values]
        return super().bulk_to_python(values)

    def deconstruct(self):
        # A migration knows it as Wagtail's: nothing about the stored form differs.
        _, arguments, options = super().deconstruct()
        base = type(self).__bases__[1]
        return f"{base.__module__}.{base.__qualname__}", arguments, options


class ScreenshotBlock(_TakesFetched, ImageChooserBlock):
    """An uploaded picture."""


class RecordingBlock(_TakesFetched, DocumentChooserBlock):
    """A recording of a step read aloud."""
