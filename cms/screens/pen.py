"""The teacher's red pen: ring, underline and the four strokes, each with a white halo."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, inf, pi, sin

from . import colours
from .canvas import Box, Canvas, num

START, END = 205, 592  # degrees, clockwise from three o'clock: once round and 27° further
SEGMENTS = 10
FULLNESS = (
    2.3  # 2 would be a plain ellipse; a hand draws a little fuller, which clears the corners of a label
)
AIR = 5
LEAST = 23


@dataclass(frozen=True)
class Ring:
    """A hand-drawn ellipse round (x, y) with half axes a and b."""

    x: float
    y: float
    a: float
    b: float
    fullness: float = FULLNESS

    def point(self, degrees: float, scale: float = 1) -> tuple[float, float]:
        """The point of the ring in this direction (clockwise from three o'clock)."""
        c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
        reach = scale / (abs(c) ** self.fullness + abs(s) ** self.fullness) ** (1 / self.fullness)
        return self.x + self.a * reach * c, self.y + self.b * reach * s

    def holds(self, x: float, y: float) -> bool:
        return (abs(x - self.x) / self.a) ** self.fullness + (abs(y - self.y) / self.b) ** self.fullness < 1


def ring_round(boxes: tuple[Box, ...], others: list[Box], frame: Box) -> Ring:
    """The smallest ring with some air round all boxes that stays in the frame and crosses no other label."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    x, y, half = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
    corners = [
        (abs(cx - x), abs(cy - y)) for box in boxes for cx in (box.x, box.right) for cy in (box.y, box.bottom)
    ]
    rings = [_ring(x, y, half + extra, corners) for extra in range(1, 41, 2)]
    words = [box.grown(4) for box in others]
    return cheapest(rings, lambda ring: ring.a * ring.b, lambda ring: _harm(ring, words, frame))


def cheapest(candidates: list, sure: Callable, more: Callable):
    """The candidate with the least sure + more. `more` is slow, never negative: hopeless ones are skipped."""
    best, least = None, inf
    for candidate in sorted(candidates, key=sure):
        if sure(candidate) >= least:
            break
        if (cost := sure(candidate) + more(candidate)) < least:
            best, least = candidate, cost
    return best


def _ring(x: float, y: float, a: float, corners: list[tuple[float, float]]) -> Ring:
    b = max(cy / (1 - (cx / a) ** FULLNESS) ** (1 / FULLNESS) for cx, cy in corners)
    if max(a, b) + AIR <= LEAST:
        return Ring(x, y, LEAST, LEAST, 2)
    return Ring(x, y, max(a + AIR, LEAST), max(b + AIR, LEAST))


def _harm(ring: Ring, words: list[Box], frame: Box) -> float:
    """How much of the ring crosses words or leaves the phone."""
    points = [ring.point(degrees, scale) for degrees in range(0, 360, 9) for scale in (1, 1.04)]
    crossed = sum(box.holds(*point) for box in words for point in points)
    outside = sum(not frame.holds(*point) for point in points)
    return 400 * crossed + 300 * outside


def draw_ring(canvas: Canvas, ring: Ring) -> None:
    """Once round clockwise from the upper left, and a little too far, as a quick hand does."""
    step = (END - START) / SEGMENTS
    angles = [START + step * i for i in range(SEGMENTS + 1)]
    points = [ring.point(t, _wander(t)) for t in angles]
    slopes = [_slope(ring, t, step) for t in angles]
    places = 1 if max(ring.a, ring.b) < 34 else 0  # a large ring is as smooth in whole units
    at = tuple(round(value, places) for value in points[0])
    d = "M" + join(at).strip() + "c"
    for end, before, after in zip(points[1:], slopes, slopes[1:], strict=False):
        turn = tuple(value - slope - here for value, slope, here in zip(end, after, at, strict=True))
        move = tuple(round(value - here, places) for value, here in zip(end, at, strict=True))
        d += join(tuple(round(value, places) for value in (*before, *turn)) + move)
        at = tuple(here + value for here, value in zip(at, move, strict=True))
    red(canvas, d.replace("c ", "c"), 5)


def _wander(degrees: float) -> float:
    """How far out the pen is: nearly 1 with a slight wobble, up to 1.13 where the stroke overshoots."""
    late = max(0.0, (degrees - 515) / 77)
    return 0.985 + 0.012 * sin(degrees / 47) + 0.03 * min(1.0, (degrees - START) / 90) + 0.1 * late**1.5


def _slope(ring: Ring, degrees: float, step: float) -> tuple[float, float]:
    ahead, behind = (ring.point(degrees + d, _wander(degrees + d)) for d in (0.5, -0.5))
    return (ahead[0] - behind[0]) * step / 3, (ahead[1] - behind[1]) * step / 3


def underline(canvas: Canvas, box: Box) -> None:
    """A slightly curved line under words that are to be read."""
    x, y, w = box.x - 5, box.bottom + 3.5, box.w + 10
    red(canvas, f"M{num(x)} {num(y)}q{num(w * 0.45)} 4 {num(w)}-1", 4.5)


def aim(canvas: Canvas, box: Box) -> None:
    """Four short strokes from outside towards a thing that belongs into the frame."""
    x, y, w, h = box.x, box.y, box.w, box.h
    strokes = (
        (x - 36, y + 0.24 * h, 24, 16),
        (x - 36, y + 0.76 * h, 24, -16),
        (x + w + 36, y + 0.24 * h, -24, 16),
        (x + w + 36, y + 0.76 * h, -24, -16),
    )
    red(canvas, "".join(f"M{num(sx)} {num(sy)}l{join((dx, dy))}" for sx, sy, dx, dy in strokes), 5.5)


def red(canvas: Canvas, d: str, thick: float) -> None:
    canvas.stroke(d, "#fff", thick + 5, stroke_linecap="round")
    canvas.stroke(d, colours.PEN, thick, stroke_linecap="round")


def join(values: tuple[float, ...]) -> str:
    """Numbers of a path in the fewest characters: a minus sign needs no space before it."""
    text = ""
    for value in values:
        shown = num(value).replace("0.", ".", 1) if abs(value) < 1 else num(value)
        glued = (
            not text or shown[0] == "-" or (shown[0] == "." and "." in text.rsplit(" ")[-1].rsplit("-")[-1])
        )
        text += shown if glued else " " + shown
    return text if text.startswith("-") else " " + text
