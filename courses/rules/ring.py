"""The ring: twenty cells round a number, filled as far as one has come. Only its geometry; templates draw it."""

from dataclasses import dataclass
from math import cos, radians, sin

CELLS = 20
BOX, OUTER, INNER, GAP = 320, 154, 118, 2.4


@dataclass(frozen=True)
class RingCell:
    """A cell: its outline, and the outline of what is filled of it, "" for nothing."""

    outline: str
    filled: str


def cells_filled(reported: int, target: int) -> tuple[int, int]:
    """Return how many whole cells are full, and how many hundredths of the next one."""
    if reported >= target:
        return CELLS, 0
    whole, rest = divmod(reported * CELLS, target)
    return whole, rest * 100 // target


def ring(reported: int, target: int) -> list[RingCell]:
    """Return the twenty cells, the first at the top, clockwise."""
    whole, hundredths = cells_filled(reported, target)
    step = 360 / CELLS
    made = []
    for number in range(CELLS):
        starts, width = number * step + GAP / 2, step - GAP
        part = 1 if number < whole else hundredths / 100 if number == whole else 0
        made.append(RingCell(_segment(starts, width), _segment(starts, width * part) if part > 0.02 else ""))
    return made


def _segment(starts: float, width: float) -> str:
    """Return the path of a piece of the ring; angles in degrees from the top."""
    a, b = _point(OUTER, starts), _point(OUTER, starts + width)
    c, d = _point(INNER, starts + width), _point(INNER, starts)
    return f"M{a}A{OUTER} {OUTER} 0 0 1 {b}L{c}A{INNER} {INNER} 0 0 0 {d}Z"


def _point(radius: float, angle: float) -> str:
    x, y = BOX / 2 + radius * sin(radians(angle)), BOX / 2 - radius * cos(radians(angle))
    return f"{x:.1f} {y:.1f}"
