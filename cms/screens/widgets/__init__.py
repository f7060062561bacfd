"""The widgets, by family. Importing a family enters its widgets into the register, in the guide's order."""

from . import bars, icons, lists, dialogs, fields, texts, pictures, chat, camera, torn  # noqa: F401, I001
from .base import WIDGETS, Place, Widget, widget

__all__ = ["WIDGETS", "Place", "Widget", "widget"]
