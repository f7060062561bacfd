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
    """Collects shapes in painting order; `dark` says that the ground is the camera's.

    Widgets lie side by side and never over one another, so a shape may join an earlier path of the same style that
    another widget began, as long as it does not slip below what its own widget has drawn. This halves a picture.
    """

    dark: bool = False
    labels: list[Box] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    underlined: list[Box] = field(default_factory=list)
    aimed: list[Box] = field(default_factory=list)
    _shapes: list[tuple[str | None, str]] = field(default_factory=list)  # (style, d), or (None, another element)
    _floor: int = 0  # shapes before this one are covered: nothing may join them
    _own: int = 0  # shapes from this one on lie above all that the present widget has drawn

    @property
    def ink(self) -> str:
        return "#fff" if self.dark else colours.TEXT

    def begin_widget(self) -> None:
        """From here on another widget draws; it may join what the others began."""
        self._own = self._floor

    def cover(self) -> None:
        """From here on all is drawn over what is there, whoever drew it."""
        self._floor = self._own = len(self._shapes)

    def take_shapes(self) -> str:
        """Hand over all shapes drawn so far and begin anew."""
        shapes, self._shapes = self._shapes, []
        self.cover()
        return "".join(d if style is None else f'<path{style} d="{d}"/>' for style, d in shapes)

    def add(self, element: str) -> None:
        self._shapes.append((None, element))
        self._own = len(self._shapes)

    def path(self, d: str, **given) -> None:
        """A path; it joins an earlier one of the same style if nothing of its own widget lies above that one."""
        style = attributes(given)
        at = next((i for i in range(self._own, len(self._shapes)) if self._shapes[i][0] == style), None)
        if at is None:
            at = len(self._shapes)
            self._shapes.append((style, ""))
        self._shapes[at] = style, self._shapes[at][1] + d
        self._own = at + 1

    def fill(self, d: str, colour: str, **more) -> None:
        self.path(d, fill=None if colour == colours.TEXT else colour, **more)

    def stroke(self, d: str, colour: str, thick: float = 3, **more) -> None:
        self.path(d, fill="none", stroke=colour, stroke_width=thick, **more)

    def rect(self, box: Box, colour: str, radius: float = 0, **more) -> None:
        self.fill(rect_path(box, radius), colour, **more)

    def circle(self, x: float, y: float, r: float, colour: str, **more) -> None:
        self.fill(circle_path(x, y, r), colour, **more)

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

    def dim(self, strength: float, height: float) -> None:
        """Darken all that was drawn; what lies below can no longer be tapped, and its words may be covered."""
        self.cover()
        self.fill(f"M0 0h280v{num(height + 8)}H0z", "#000", fill_opacity=f"{strength:g}")
        self.cover()
        self.labels.clear()
        self.touches.clear()


def rect_path(box: Box, r: float = 0) -> str:
    """A rectangle, with rounded corners if r is given, as a path."""
    x, y, w, h = (num(value) for value in (box.x, box.y, box.w, box.h))
    if not r:
        return f"M{x} {y}h{w}v{h}h-{w}z"
    flat, steep = num(box.w - 2 * r), num(box.h - 2 * r)
    r = num(r)
    return (f"M{num(box.x + float(r))} {y}h{flat}q{r} 0 {r} {r}v{steep}q0 {r}-{r} {r}h-{flat}q-{r} 0-{r}-{r}"
            f"v-{steep}q0-{r} {r}-{r}z")


def circle_path(x: float, y: float, r: float) -> str:
    return f"M{num(x)} {num(y - r)}a{num(r)} {num(r)} 0 1 0 .1 0z"
