"""The widgets, by family. Importing a family enters its widgets into the register, in the order of the guide."""

from . import bars, icons, lists, torn  # noqa: F401
from .base import WIDGETS, Place, Widget, widget

__all__ = ["WIDGETS", "Place", "Widget", "widget"]
