"""The pointing hand: its shape, and the search for a place where it covers no words."""

from dataclasses import dataclass
from math import cos, pi, sin

from . import colours
from .canvas import Box, Canvas, num
from .pen import Ring, cheapest

# Finger tip at 0,0, pointing straight up; thumb at the left, three bent fingers at the right, cuff below.
OUTLINE = (
    "M-6.5 7C-6.5-2 6.5-2 6.5 7L7.5 24C8 16 17 16 17.5 24C18.5 18 26 18.5 26 26"
    "C27 21.5 33 22.5 33 28.5C34.5 38 33 44 29.5 53L8 56C3 51-1 47-5 43.5"
    "C-10 40-15 38.5-16 35C-17 31-12 29.5-9 31.5L-5 34z"
)
CREASES = "M7.5 24v7M17.5 24v6.5M26 26v5M-2.5 3c-1 1-1 3-.5 4"
CUFF = "M5.5 56L30.5 52.5L32.5 61.5L7 65z"
SILHOUETTE = (
    (0, 1),
    (-6, 6),
    (6, 6),
    (-6, 15),
    (6, 15),
    (0, 22),
    (-6, 28),
    (12, 18),
    (22, 20),
    (30, 24),
    (34, 32),
    (33, 42),
    (30, 52),
    (-15, 34),
    (-10, 39),
    (-2, 47),
    (6, 55),
    (8, 32),
    (20, 32),
    (10, 44),
    (22, 44),
    (31, 61),
    (7, 64),
    (19, 62),
    (18, 54),
)


@dataclass(frozen=True)
class Pose:
    """Where the finger tip is, how far the hand is turned (degrees), and whether it is the left one."""

    x: float
    y: float
    turn: float
    left: bool = False

    def points(self) -> list[tuple[float, float]]:
        c, s = cos(self.turn * pi / 180), sin(self.turn * pi / 180)
        side = -1 if self.left else 1
        return [(self.x + side * px * c - py * s, self.y + side * px * s + py * c) for px, py in SILHOUETTE]


def place_hand(ring: Ring, core: tuple[Box, ...], labels: list[Box], frame: Box) -> Pose:
    """The pose nearest to the usual one (four to five o'clock, turned −28°) that covers no label."""
    words, own = [box.grown(3) for box in labels], [box.grown(3) for box in core]
    return cheapest(
        _poses(ring), lambda pose: _unusual(pose, ring), lambda pose: _harm(pose, ring, own, words, frame)
    )


def _poses(ring: Ring) -> list[Pose]:
    right = [
        Pose(*ring.point(at), turn) for at in (*range(36, 92, 5), -30, 0, 18) for turn in range(-100, 21, 5)
    ]
    left = [
        Pose(*ring.point(at), turn, left=True) for at in range(100, 201, 20) for turn in range(10, 101, 10)
    ]
    return right + left


def _unusual(pose: Pose, ring: Ring) -> float:
    return abs(pose.turn + 28) / 12 + abs((pose.y - ring.y) / ring.b - 0.7) * 6 + 14 * pose.left


def _harm(pose: Pose, ring: Ring, core: list[Box], labels: list[Box], frame: Box) -> float:
    """What the hand covers, the ring included, and how far it hangs out of the phone."""
    points = pose.points()
    own = sum(box.holds(*point) for box in core for point in points)
    inside = sum(ring.holds(*point) for point in points)
    words = sum(box.holds(*point) for box in labels for point in points)
    aside = sum(max(0, frame.x - 5 - x) + max(0, x - frame.right - 5) for x, _ in points)
    below = max(0, max(y for _, y in points) - frame.bottom)
    return 60 * own + 50 * words + 12 * max(0, inside - 3) + 9 * aside + below / 3 + 50 * (below > 40)


def draw_hand(canvas: Canvas, pose: Pose) -> None:
    mirror = "scale(-1 1)" if pose.left else ""
    move = f"translate({num(pose.x)} {num(pose.y)})rotate({num(pose.turn)}){mirror}"
    canvas.add(
        f'<g transform="{move}" stroke="{colours.INK}" stroke-width="3.5" stroke-linejoin="round">'
        f'<path d="{CUFF}" fill="{colours.GREEN}"/><path d="{OUTLINE}" fill="{colours.SHEET}"/>'
        f'<path d="{CREASES}" fill="none" stroke-width="2.5" stroke-linecap="round"/></g>'
    )
