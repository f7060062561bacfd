"""Codes that look like codes and say nothing: no scanner reads them.

The square code has 23 modules a side. A real one has 21, 25, 29 … (four more each time), so a scanner
rejects 23 before it looks at the data; timing lines and format bits are missing as well. The bar code has
neither start nor stop sign.
"""

from functools import cache

from . import colours
from .canvas import Canvas

MODULES = 23
_FINDERS = ((0, 0), (16, 0), (0, 16))
_BARS = (
    3,
    1,
    2,
    4,
    1,
    2,
    1,
    3,
    5,
    1,
    2,
    2,
    1,
    4,
    3,
    1,
    1,
    2,
    6,
    1,
    2,
    3,
    1,
    1,
    4,
    2,
    1,
    3,
    2,
    1,
    5,
    2,
    1,
    1,
    3,
    2,
)


@cache
def code_path() -> str:
    """The dark modules of the square code as strokes one module wide, on a grid of 23."""
    d = ""
    for row in range(MODULES):
        column = 0
        while column < MODULES:
            run = _run(row, column)
            d += f"M{column} {row}h{run}" if run else ""
            column += run or 1
    return d


def _run(row: int, column: int) -> int:
    run = 0
    while column + run < MODULES and _dark(row, column + run):
        run += 1
    return run


def _dark(row: int, column: int) -> bool:
    """A fixed sprinkle of modules; free round the three corner squares."""
    if any(x - 1 <= column <= x + 7 and y - 1 <= row <= y + 7 for x, y in _FINDERS):
        return False
    return (row * 7 + column * 3 + (row * column) // 3 + (row ^ column)) % 5 in (0, 2)


def draw_code(canvas: Canvas, x: float, y: float, side: float, colour: str = colours.TEXT) -> None:
    """A square code with its upper left corner at x, y."""
    scale = side / MODULES
    rings = "".join(f"M{fx + 0.5:g} {fy:g}h6v6h-6zM{fx + 2} {fy + 3:g}h3" for fx, fy in _FINDERS)
    cores = "".join(f"M{fx + 2} {fy + 2}h3m-3 2h3" for fx, fy in _FINDERS)
    canvas.stroke(
        code_path() + rings + cores,
        colour,
        1,
        transform=f"translate({x:g} {y + scale / 2:g})scale({scale:.3g})",
    )


def draw_bars(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A bar code with its upper left corner at x, y."""
    unit, at, d = width / (sum(_BARS) + len(_BARS) * 2), 0.0, ""
    for thick in _BARS:
        d += f"M{x + at * unit:.4g} {y:g}h{thick * unit:.2g}v{height:g}h-{thick * unit:.2g}z"
        at += thick + 2
    canvas.fill(d, colours.TEXT)
