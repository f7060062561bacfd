"""The sheet a screen is drawn on: a handful of shapes, and a memory of what lies where.

It remembers every label (so that the hand covers none), everything that can be tapped (so that the practice phone can
lay buttons over it), and what the red pen is to mark. The pen itself draws later, on top of all.
"""

from dataclasses import dataclass, field
from html import escape

from . import colours
from .language import Part
from .measure import width as text_width


@dataclass(frozen=True)
class Box:
    """An upright rectangle in drawing units."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def grown(self, by: float) -> "Box":
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom


@dataclass(frozen=True)
class Touch:
    """Something a finger can tap: what it is called, its whole area, and the boxes a ring has to enclose."""

    name: str
    area: Box
    core: tuple[Box, ...]
    wanted: bool


def num(value: float) -> str:
    """A coordinate with at most one decimal, as short as possible."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def attributes(given: dict) -> str:
    return "".join(f' {key.replace("_", "-")}="{value if isinstance(value, str) else num(value)}"'
                   for key, value in given.items() if value is not None)


@dataclass
class Canvas:
    """Collects shapes in painting order; `dark` says that the ground is the camera's."""

    dark: bool = False
    shapes: list[str] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    underlined: list[Box] = field(default_factory=list)
    aimed: list[Box] = field(default_factory=list)

    @property
    def ink(self) -> str:
        return "#FFFFFF" if self.dark else colours.TEXT

    def add(self, shape: str) -> None:
        self.shapes.append(shape)

    def take_shapes(self) -> str:
        """Hand over all shapes drawn so far and begin anew."""
        shapes, self.shapes = "".join(self.shapes), []
        return shapes

    def rect(self, box: Box, fill: str, radius: float | None = None, **more) -> None:
        given = {"x": box.x, "y": box.y, "width": box.w, "height": box.h, "rx": radius, "fill": fill, **more}
        self.add(f"<rect{attributes(given)}/>")

    def circle(self, x: float, y: float, r: float, fill: str, **more) -> None:
        self.add(f"<circle{attributes({'cx': x, 'cy': y, 'r': r, 'fill': fill, **more})}/>")

    def fill(self, d: str, colour: str, **more) -> None:
        self.add(f"<path{attributes({'d': d, 'fill': colour, **more})}/>")

    def stroke(self, d: str, colour: str, thick: float = 3, **more) -> None:
        given = {"d": d, "fill": "none", "stroke": colour, "stroke_width": thick, **more}
        self.add(f"<path{attributes(given)}/>")

    def text(self, x: float, y: float, words: str, size: float = 18, *, bold: bool = False,
             colour: str | None = None, anchor: str | None = None) -> Box:
        """Write one line with its base line at y. `anchor` is None (from x), "middle" or "end". Returns its box."""
        colour = colour or self.ink
        given = {"x": x, "y": y, "font_size": None if size == 18 else size, "font_weight": "700" if bold else None,
                 "fill": None if colour == colours.TEXT else colour, "text_anchor": anchor}
        self.add(f"<text{attributes(given)}>{escape(words, quote=False)}</text>")
        wide = text_width(words, size)
        left = x - {None: 0, "middle": wide / 2, "end": wide}[anchor]
        box = Box(left, y - 0.88 * size, wide, 1.02 * size)
        self.labels.append(box)
        return box

    def mark(self, part: Part, box: Box) -> None:
        """Note what （看） and （对准） ask of the pen; tapping is noted by `touch`."""
        if part.look:
            self.underlined.append(box)
        if part.aim:
            self.aimed.append(box)

    def touch(self, part: Part, area: Box, *core: Box, name: str = "") -> None:
        """Note something that can be tapped; a ring, if it is the one wanted, goes round `core`."""
        self.touches.append(Touch(name or part.text, area, core or (area,), part.tap))

    def dim(self, box: Box, strength: float) -> None:
        """Darken all that was drawn; what lies below can no longer be tapped, and its words may be covered."""
        self.rect(box, "#000", fill_opacity=f"{strength:g}")
        self.labels.clear()
        self.touches.clear()
