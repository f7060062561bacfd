"""The sheet a screen is drawn on: a handful of shapes, and a memory of what lies where.

It remembers every label (so that the hand covers none), everything that can be tapped (so that the
practice phone can lay buttons over it), and what the red pen is to mark. The pen draws later, on top.
"""

from dataclasses import dataclass, field
from html import escape
from itertools import groupby

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
    return "".join(
        f' {key.replace("_", "-")}="{value if isinstance(value, str) else num(value)}"'
        for key, value in given.items()
        if value is not None
    )


@dataclass(frozen=True)
class Shape:
    """A path (`body` is its d), a text (`body` is place and words), or another element (`body` is all)."""

    kind: str
    style: str
    body: str


@dataclass
class Canvas:
    """Collects shapes in painting order; `dark` says that the ground is the camera's.

    Widgets lie side by side and never over one another, so a shape may join an earlier path of the same
    style that another widget began, as long as it does not slip below what its own widget has drawn.
    This takes a third off a picture.
    """

    dark: bool = False
    labels: list[Box] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    underlined: list[Box] = field(default_factory=list)
    aimed: list[Box] = field(default_factory=list)
    _shapes: list[Shape] = field(default_factory=list)
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
        return "".join(
            _write(kind, style, [shape.body for shape in run])
            for (kind, style), run in groupby(shapes, lambda shape: (shape.kind, shape.style))
        )

    def add(self, element: str) -> None:
        self._add(Shape("other", "", element))

    def _add(self, shape: Shape) -> None:
        self._shapes.append(shape)
        self._own = len(self._shapes)

    def path(self, d: str, **given) -> None:
        """A path; it joins an earlier one of its style if nothing of its own widget lies above that one."""
        style = attributes(given)
        for i in range(self._own, len(self._shapes)):
            if (self._shapes[i].kind, self._shapes[i].style) == ("path", style):
                self._shapes[i] = Shape("path", style, self._shapes[i].body + d)
                self._own = i + 1
                return
        if d:
            self._add(Shape("path", style, d))

    def fill(self, d: str, colour: str, **more) -> None:
        self.path(d, fill=None if colour == colours.TEXT else colour, **more)

    def stroke(self, d: str, colour: str, thick: float = 3, **more) -> None:
        self.path(d, fill="none", stroke=colour, stroke_width=thick, **more)

    def rect(self, box: Box, colour: str, radius: float = 0, **more) -> None:
        self.fill(rect_path(box, radius), colour, **more)

    def circle(self, x: float, y: float, r: float, colour: str, **more) -> None:
        self.fill(circle_path(x, y, r), colour, **more)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 18,
        *,
        bold: bool = False,
        colour: str | None = None,
        anchor: str | None = None,
    ) -> Box:
        """Write one line, base line at y; `anchor` is None (from x), "middle" or "end". Returns its box."""
        colour = colour or self.ink
        style = {
            "font_size": None if size == 18 else size,
            "font_weight": "700" if bold else None,
            "fill": None if colour == colours.TEXT else colour,
            "text_anchor": anchor,
        }
        place = f' x="{num(x)}" y="{num(y)}">{escape(words, quote=False)}</text>'
        self._add(Shape("text", attributes(style), place))
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
        """Darken all that was drawn; it can no longer be tapped, and its words may be covered."""
        self.cover()
        self.fill(f"M0 0h280v{num(height + 8)}H0z", "#000", fill_opacity=f"{strength:g}")
        self.cover()
        self.labels.clear()
        self.touches.clear()


def _write(kind: str, style: str, bodies: list[str]) -> str:
    """A run of shapes of one kind and style as SVG; texts of one style share what they have in common."""
    if kind == "path":
        return "".join(f'<path{style} d="{d}"/>' for d in bodies)
    if kind != "text":
        return "".join(bodies)
    if len(bodies) == 1 or not style:
        return "".join(f"<text{style}{body}" for body in bodies)
    return f"<g{style}>" + "".join(f"<text{body}" for body in bodies) + "</g>"


def rect_path(box: Box, r: float = 0) -> str:
    """A rectangle, with rounded corners if r is given, as a path."""
    x, y, w, h = (num(value) for value in (box.x, box.y, box.w, box.h))
    if not r:
        return f"M{x} {y}h{w}v{h}h-{w}z"
    flat, steep, start, c = num(box.w - 2 * r), num(box.h - 2 * r), num(box.x + r), num(r)
    return (
        f"M{start} {y}h{flat}q{c} 0 {c} {c}v{steep}q0 {c}-{c} {c}h-{flat}q-{c} 0-{c}-{c}"
        f"v-{steep}q0-{c} {c}-{c}z"
    )


def circle_path(x: float, y: float, r: float) -> str:
    return f"M{num(x)} {num(y - r)}a{num(r)} {num(r)} 0 1 0 .1 0z"
