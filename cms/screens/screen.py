"""A screen that has been read, and where its widgets lie."""

from dataclasses import dataclass
from functools import cached_property

from .language import Part
from .widgets import Place, Widget

FULL_HEIGHT = 520
FOOT = 484  # below: the keys or the bar of the phone
STATUS_HEIGHT = 36
TORN_TOP = 18
TORN_FOOT = 20
LEAST_EXCERPT = 120


@dataclass(frozen=True)
class Screen:
    """The widgets in the order they were written (without 状态栏 and 撕口, which became fields)."""

    widgets: tuple[Widget, ...]
    time: str = "9:30"
    torn_top: bool = False
    torn_foot: bool = False

    def at(self, *places: Place) -> list[Widget]:
        return [widget for widget in self.widgets if widget.place in places]

    def named(self, name: str) -> Widget | None:
        return next((widget for widget in self.widgets if widget.name == name), None)

    @property
    def marked(self) -> tuple[Widget, Part] | None:
        """The part that is to be tapped, with its widget."""
        return next(((w, part) for w in self.widgets for part in w.parts if part.tap), None)

    @property
    def dark(self) -> bool:
        """Whether the ground is the camera's picture."""
        return any(widget.darkens for widget in self.widgets)

    @property
    def top(self) -> float:
        return TORN_TOP if self.torn_top else STATUS_HEIGHT

    @property
    def limit(self) -> float:
        """How far down contents may come."""
        return FULL_HEIGHT - TORN_FOOT if self.torn_foot else FOOT

    @cached_property
    def placed(self) -> list[tuple[Widget, float]]:
        """What lies on the screen itself, with the upper edge of each: the flow, then the foot."""
        rows, y = [], self.top
        foot = self.at(Place.FOOT)
        for widget in self.at(Place.FLOW):
            rows.append((widget, y))
            y += widget.height
        if not self.torn_foot:
            y = FOOT - sum(widget.height for widget in foot)
        for widget in foot:
            rows.append((widget, y))
            y += widget.height
        return rows

    @property
    def needed(self) -> float:
        """How far down all contents come, wherever the edge is."""
        flow = self.top + sum(w.height for w in self.at(Place.FLOW, Place.FOOT))
        return max([flow] + [w.reach(self.top) for w in self.at(Place.OVER)])

    @property
    def height(self) -> float:
        """The height of the picture: a whole phone, or just what is needed down to the torn edge."""
        return max(LEAST_EXCERPT, self.needed + TORN_FOOT) if self.torn_foot else FULL_HEIGHT
