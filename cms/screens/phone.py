"""The phones round a screen: three frames, the status bar, the keys below, and the torn edges."""

from dataclasses import dataclass

from . import colours
from .canvas import Canvas, num
from .pen import join

WIDTH = 280
TOOTH, DEPTH = 6, 7  # half the width of a tooth of the torn edge, and its height


@dataclass(frozen=True)
class Phone:
    """What tells one kind of phone from another: the roundness of its corners, its camera, its keys."""

    corner: int
    camera: str
    keys: str
    key_width: float
    caps: str | None = None


_ROUND = "M140 14a5 5 0 1 0 .1 0z"
PHONES = {
    "android": Phone(28, _ROUND, "M77 497l-12 7 12 7zM140 497.5a6.5 6.5 0 1 0 .1 0zM201 498h12v12h-12z", 2.2),
    "apple": Phone(44, "M116 9h48a9 9 0 0 1 0 18h-48a9 9 0 0 1 0-18z", "M92 509h96", 5, "round"),
    "harmony": Phone(34, _ROUND, "M104 509h72", 5, "round"),
}


def outline(phone: Phone, torn_top: bool, torn_foot: bool, height: float) -> tuple[str, str]:
    """The edge of the phone as two paths: the firm sides, and the torn edges (empty if there are none)."""
    r = phone.corner
    inner = height - (0 if torn_foot else r)
    firm = f"M0 {num(inner)}V{0 if torn_top else r}"
    firm += "M280 0" if torn_top else f"a{r} {r} 0 0 1 {r}-{r}H{280 - r}a{r} {r} 0 0 1 {r} {r}"
    firm += f"V{num(inner)}"
    firm += "" if torn_foot else f"a{r} {r} 0 0 1-{r} {r}H{r}a{r} {r} 0 0 1-{r}-{r}"
    torn = (f"M0 0{teeth(TOOTH)}" if torn_top else "") + (
        f"M0 {num(height)}{teeth(TOOTH)}" if torn_foot else ""
    )
    return firm, torn


def ground(phone: Phone, torn_top: bool, torn_foot: bool, height: float) -> str:
    """The whole shape of the phone as one closed path, to paint and to clip with."""
    r = phone.corner
    top = (
        f"M0 0{teeth(TOOTH)}" if torn_top else f"M0 {r}a{r} {r} 0 0 1 {r}-{r}H{280 - r}a{r} {r} 0 0 1 {r} {r}"
    )
    if torn_foot:
        return f"{top}V{num(height)}{teeth(-TOOTH)}z"
    return f"{top}V{num(height - r)}a{r} {r} 0 0 1-{r} {r}H{r}a{r} {r} 0 0 1-{r}-{r}z"


def teeth(step: int) -> str:
    """Torn paper across the phone, as a relative path: 23 teeth of 12 units, 2 units flat at either end."""
    flat = step // 3
    return f"h{flat}l" + join((step, DEPTH, step, -DEPTH) * 23).strip() + f"h{flat}"


def draw_status_bar(canvas: Canvas, phone: Phone, time: str) -> None:
    """The time, the camera, signal and battery. No operator, no network."""
    ink = canvas.ink
    canvas.text(22, 25, time, bold=True)
    canvas.labels.clear()
    canvas.fill(phone.camera, "#000" if canvas.dark else colours.TEXT)
    canvas.fill(
        "M210 23v-4h3v4zM215 23v-6h3v6zM220 23v-9h3v9zM225 23v-12h3v12zM237 13h18v10h-18zM256 16h2v4h-2z", ink
    )


def draw_keys(canvas: Canvas, phone: Phone) -> None:
    """The three keys, or the bar to swipe from, at the foot of a whole phone."""
    canvas.stroke(
        phone.keys,
        "#fff" if canvas.dark else colours.SECOND,
        phone.key_width,
        stroke_linecap=phone.caps,
        stroke_linejoin="round",
    )


def draw_edges(canvas: Canvas, firm: str, torn: str) -> None:
    canvas.stroke(firm, colours.INK, 4)
    if torn:
        canvas.stroke(torn, colours.INK, 2.5, stroke_linejoin="round")
