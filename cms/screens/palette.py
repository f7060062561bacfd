"""What the editor's buttons put into a screen: a line for each widget, and which words of it to replace."""

from dataclasses import dataclass

from .widgets import WIDGETS

# The few that most screens are made of: they lie open, all others behind “更多”.
USUAL = ("标题栏", "列表", "按钮", "文字", "图标", "对话框")
# What makes no sense alone brings its companion.
COMPANIONS = {"对话框": "选项", "手电": "取景框"}


@dataclass(frozen=True)
class Piece:
    """A button: its name, what it is for, and the lines it writes."""

    name: str
    summary: str
    text: str
    usual: bool


def palette() -> list[Piece]:
    """Return a piece for every widget, the usual ones first and in their order."""
    names = [*USUAL, *(name for name in WIDGETS if name not in USUAL)]
    return [Piece(name, WIDGETS[name].summary, _lines(name), name in USUAL) for name in names]


def _lines(name: str) -> str:
    together = [WIDGETS[name].usage]
    if companion := COMPANIONS.get(name):
        together.insert(0 if name == "手电" else 1, WIDGETS[companion].usage)
    return "\n".join(together)
