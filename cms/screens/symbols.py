"""Signs for apps and menu entries, on a grid of 32. General things only, never the mark of a brand.

To add one: draw it in SHAPES (solid areas in `fill`, cut-outs by the even-odd rule; lines in `line`), then let the
names people know lead to it in NAMES. A name that is not there gets the neutral sign.
"""

from dataclasses import dataclass

from .canvas import Canvas


@dataclass(frozen=True)
class Symbol:
    fill: str = ""
    line: str = ""
    thick: float = 3


def _dot(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:g}a{r:g} {r:g} 0 1 0 .1 0z"


SHAPES = {
    "neutral": Symbol("M5 5h9v9H5zM18 5h9v9h-9zM5 18h9v9H5zM18 18h9v9h-9z"),
}
NAMES: dict[str, str] = {}


def symbol(name: str) -> Symbol:
    """The sign for a name; the neutral one for a name we do not know."""
    return SHAPES[NAMES.get(name.strip().lower(), "neutral")]


def draw_symbol(canvas: Canvas, name: str, x: float, y: float, colour: str, scale: float = 1) -> None:
    """Draw the sign with its upper left corner at x, y."""
    sign = symbol(name)
    move = f"translate({x:g} {y:g})" + (f"scale({scale:g})" if scale != 1 else "")
    if sign.fill and sign.line:
        canvas.fill(sign.fill, colour, transform=move, fill_rule="evenodd")
    elif sign.fill:
        canvas.fill(sign.fill, colour, transform=move, fill_rule="evenodd")
    if sign.line:
        canvas.stroke(sign.line, colour, sign.thick, transform=move, stroke_linecap="round", stroke_linejoin="round")
