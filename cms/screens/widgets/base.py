"""What every widget is. To add one: write a class in the file of its family and put `@widget` on it."""

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar

from ..canvas import Canvas
from ..language import Line, Part
from ..measure import ems

WIDTH = 280
MARGIN = 16


class Place(Enum):
    """Where a widget lies: one below the other, at the foot of the phone, over all, or nowhere of its own."""

    FLOW = "flow"
    FOOT = "foot"
    OVER = "over"
    NONE = "none"


class Widget:
    """One line of a screen. A subclass says its name, what may stand in it, its height and how it is drawn.

    `rank` is its number among the same widgets of the screen (from 1) and `company` how many there are; both
    are set when the screen is put together and serve the alternative text (“第2行”).
    """

    name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    summary: ClassVar[str]
    usage: ClassVar[str]
    example: ClassVar[str]
    place: ClassVar[Place] = Place.FLOW
    fewest: ClassVar[int] = 1
    most: ClassVar[int] = 1
    tappable: ClassVar[bool] = False
    readable: ClassVar[bool] = False
    aimable: ClassVar[bool] = False
    once: ClassVar[bool] = False  # at most one on a screen
    darkens: ClassVar[bool] = False  # makes the ground dark, as the camera does
    height: float = 0

    def __init__(self, line: Line):
        self.line = line.number
        self.parts = line.parts
        self.rank = self.company = 1
        self.read()

    def read(self) -> None:
        """Take the parts to pieces. Must not fail: faults are told by `problems`."""

    def faults(self) -> list[str]:
        """Everything that is wrong with this line, as Chinese sentences."""
        return list(self._shape_faults()) or list(self.problems())

    def problems(self) -> Iterator[str]:
        """Faults of this kind of widget alone; called only when the parts and the marks are right."""
        yield from ()

    def _shape_faults(self) -> Iterator[str]:
        if len(self.parts) > self.most:
            yield self._too_many()
        elif len(self.parts) < self.fewest or (self.fewest and not any(part.text for part in self.parts)):
            yield f"“{self.name}”后面还要写内容，写法是：{self.usage}"
        elif any(not part.text for part in self.parts):
            yield "竖线旁边是空的，请写上字，或者删掉这条竖线。"
        for part in self.parts:
            yield from self._mark_faults(part)

    def _too_many(self) -> str:
        if not self.most:
            return f"“{self.name}”后面不用写字。"
        return f"“{self.name}”最多写 {self.most} 段，这里写了 {len(self.parts)} 段。写法是：{self.usage}"

    def _mark_faults(self, part: Part) -> Iterator[str]:
        if part.tap and not self.tappable:
            yield f"“{self.name}”不是用来点的，星号 * 请放到能点的地方。"
        if part.look and not self.readable:
            yield f"“{self.name}”下面不能画红线，（看）可以用在：文字、大字、卡片、聊天的话。"
        if part.aim and not self.aimable:
            yield "（对准）只能用在“取景框”里。"

    def fault_among(self, widgets: "list[Widget]") -> str | None:
        """What is wrong with this widget in the company of all others on the screen; None if nothing."""

    def reach(self, top: float) -> float:
        """For what lies over the screen: how far down it comes if the contents start at `top`."""
        return top + self.height

    def draw_over(self, canvas: Canvas, top: float, height: float) -> None:
        """For what lies over the screen: draw on contents from `top`, on a picture of this height."""

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw with the upper edge at y."""

    def point_out(self, part: Part) -> str:
        """Where a marked part is found and what it is, for the alternative text: “右上角的小加号”."""
        return f"“{part.text}”"

    def page_name(self) -> str:
        """What this widget says about the whole page, for the alternative text: “微信这一页”."""
        return ""

    def words(self) -> list[str]:
        """What a reader can read here, for the search index and the alternative text."""
        return [part.text for part in self.parts]

    @property
    def tapped(self) -> Part | None:
        return next((part for part in self.parts if part.tap), None)


WIDGETS: dict[str, type[Widget]] = {}


def widget(cls: type[Widget]) -> type[Widget]:
    """Enter a widget into the register under its name; its order is the order of the guide."""
    WIDGETS[cls.name] = cls
    return cls


def too_long(text: str, room: float) -> Iterator[str]:
    """A fault when a text is wider than `room` em; says how many characters there is room for."""
    if ems(text) > room + 0.01:
        yield f"“{shorten(text)}”太长了，这里最多放得下 {int(room)} 个字。"


def shorten(text: str, limit: int = 12) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
