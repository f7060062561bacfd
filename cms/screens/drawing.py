"""From a screen to a picture: a self-contained SVG of at most 6 KB, the same bytes every time."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from math import ceil

from . import colours, pen
from .canvas import Box, Canvas, Touch
from .describing import describe
from .hand import Pose, draw_hand, place_hand
from .pen import Ring
from .phone import PHONES, Phone, draw_edges, draw_keys, draw_status_bar, ground, outline
from .screen import Screen
from .widgets import Place

DRAWING_VERSION = 1  # raise it whenever pictures come out differently: kept ones are then drawn anew
LARGEST = 6 * 1024  # bytes; a reader on a cheap phone loads ten of these in one lesson
SIDE = 8  # air at the left and right of the frame, where ring and hand may reach out
TOP = 4
WIDTH = 280 + 2 * SIDE
FONTS = "PingFang SC,HarmonyOS Sans SC,Noto Sans CJK SC,Noto Sans SC,Microsoft YaHei,sans-serif"


@dataclass(frozen=True)
class Target:
    """Something that can be tapped. Left, top, width and height are per cent of the picture."""

    name: str
    left: float
    top: float
    width: float
    height: float
    wanted: bool


@dataclass(frozen=True)
class Drawing:
    """A finished picture; `targets` are what the practice phone lays its real buttons over."""

    svg: str
    width: int
    height: int
    targets: tuple[Target, ...] = ()

    @property
    def wanted(self) -> Target | None:
        return next((target for target in self.targets if target.wanted), None)


@lru_cache(maxsize=512)
def draw(screen: Screen, phone: str = "android", *, pen_marks: bool = True) -> Drawing:
    """Draw a screen on a phone: android, apple or harmony (anything else raises KeyError).

    Without `pen_marks` ring, hand and lines are left out, as the practice phone needs it.
    """
    kind = PHONES[phone]
    canvas = paint(screen, kind)
    inside = canvas.take_shapes()
    edge = (kind, screen.torn_top, screen.torn_foot, screen.height)
    draw_edges(canvas, *outline(*edge))
    foot = _pen(canvas, screen) if pen_marks else 0
    height = TOP + ceil(max(screen.height + (10 if screen.torn_foot else 4), foot + 3))
    svg = _assemble(inside, ground(*edge), canvas, describe(screen), height)
    return Drawing(svg, WIDTH, height, tuple(_target(touch, height) for touch in canvas.touches))


def paint(screen: Screen, kind: Phone) -> Canvas:
    """What is behind the glass: the widgets, what lies over them, the phone's own bar and keys."""
    canvas = Canvas(dark=screen.dark)
    if not screen.torn_top:
        draw_status_bar(canvas, kind, screen.time)
    for widget, y in screen.placed:
        canvas.begin_widget()
        widget.draw(canvas, y)
    canvas.begin_widget()
    if not screen.torn_foot:
        draw_keys(canvas, kind)
    for widget in screen.at(Place.OVER):
        widget.draw_over(canvas, screen.top, screen.height)
    return canvas


def point_at(canvas: Canvas, height: float) -> tuple[Ring, Pose] | None:
    """Where ring and hand go for what is to be tapped; None if nothing is."""
    touch = next((touch for touch in canvas.touches if touch.wanted), None)
    if not touch:
        return None
    frame = Box(2, 2, 276, height)
    others = [box for box in canvas.labels if box not in touch.core]
    ring = pen.ring_round(touch.core, others, frame)
    return ring, place_hand(ring, touch.core, others, frame)


def _pen(canvas: Canvas, screen: Screen) -> float:
    """Draw the marks of the red pen on top. Returns how far down they reach."""
    for box in canvas.underlined:
        pen.underline(canvas, box)
    for box in canvas.aimed:
        pen.aim(canvas, box)
    if not (pointing := point_at(canvas, screen.height)):
        return 0
    ring, pose = pointing
    pen.draw_ring(canvas, ring)
    draw_hand(canvas, pose)
    return max([ring.y + ring.b + 5, *(y + 2 for _, y in pose.points())])


def _assemble(inside: str, ground_path: str, canvas: Canvas, words: str, height: int) -> str:
    """Put it together. The clip is named after the contents: many pictures may stand in one page."""
    over = canvas.take_shapes()
    name = "s" + sha256((inside + ground_path + over).encode()).hexdigest()[:8]
    colour = colours.CAMERA if canvas.dark else colours.BACKGROUND
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-SIDE} {-TOP} {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img" aria-label="{escape(words)}" font-family="{FONTS}" font-size="18"'
        f' fill="{colours.TEXT}" fill-rule="evenodd">'
        f'<clipPath id="{name}"><path d="{ground_path}"/></clipPath>'
        f'<g clip-path="url(#{name})"><path d="M0 0h280v540H0z" fill="{colour}"/>{inside}</g>{over}</svg>'
    )


def _target(touch: Touch, height: int) -> Target:
    """The area of a touch in per cent of the picture, kept inside the phone."""
    left, right = max(0, touch.area.x), min(280, touch.area.right)
    return Target(
        touch.name,
        _per_cent(left + SIDE, WIDTH),
        _per_cent(touch.area.y + TOP, height),
        _per_cent(right - left, WIDTH),
        _per_cent(touch.area.h, height),
        touch.wanted,
    )


def _per_cent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2)
