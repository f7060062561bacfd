"""The drawn phone screen: a small Chinese language, its reader, and its drawing as SVG. No Django here.

    screen = parse("标题栏 微信 | + *\\n列表 大女儿\\n撕口")
    draw(screen, "android").svg, describe(screen), words(screen)

The guide for designers is docs/designers/画屏幕.md; its catalogue is made from WIDGETS.
"""

from .describing import describe, words
from .drawing import DRAWING_VERSION, Drawing, Target, draw
from .errors import ScreenError, ScreenErrors
from .palette import Piece, palette
from .parsing import parse
from .screen import Screen
from .starts import STARTS
from .widgets import WIDGETS

__all__ = [
    "DRAWING_VERSION",
    "STARTS",
    "WIDGETS",
    "Drawing",
    "Piece",
    "Screen",
    "ScreenError",
    "ScreenErrors",
    "Target",
    "describe",
    "draw",
    "palette",
    "parse",
    "words",
]
