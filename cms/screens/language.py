"""The small language, first half: text → lines → parts → marks. Knows no widget.

One widget a line: `控件名 内容 | 内容`. Marks stand at the end of a part: `*` tap here, （看） read this,
（对准） bring it into the frame. Full-width signs are forgiven, and so are the invisible characters that
come along when one pastes.
"""

import re
import unicodedata
from dataclasses import dataclass

from .errors import ScreenError

MAX_LINES = 40
MAX_CHARACTERS = 4000

_HEAD = re.compile(r"([^\s:：|｜]*)[\s:：|｜]?(.*)", re.DOTALL)
_MARK = re.compile(r"(?P<tap>(?<![*＊])[*＊]|[（(]点[）)])$|(?P<look>[（(]看[）)])$|(?P<aim>[（(]对准[）)])$")


@dataclass(frozen=True)
class Part:
    """What stands between two separators, and which marks of the red pen it carries."""

    text: str
    tap: bool = False
    look: bool = False
    aim: bool = False


@dataclass(frozen=True)
class Line:
    """One widget as it was written: its line number (from 1), the word in front, its parts."""

    number: int
    head: str
    parts: tuple[Part, ...]


def read_lines(text: str) -> tuple[list[Line], list[ScreenError]]:
    """Split a text into lines. Returns the lines that can be read and the faults of those that cannot."""
    rows = [
        (number, row) for number, row in enumerate(_rows(text), 1) if row and not row.startswith(("#", "＃"))
    ]
    if not rows:
        return [], [ScreenError(1, "还没有写内容。比如先写一行：标题栏 微信 | +")]
    if len(rows) > MAX_LINES or len(text) > MAX_CHARACTERS:
        return [], [
            ScreenError(rows[-1][0], f"太长了，一张屏幕最多写 {MAX_LINES} 行、{MAX_CHARACTERS} 个字。")
        ]
    errors = [ScreenError(number, fault) for number, row in rows if (fault := _bad_character(row))]
    broken = {error.line for error in errors}
    return [_read_line(number, row) for number, row in rows if number not in broken], errors


def _rows(text: str) -> list[str]:
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return [row.replace("\t", " ").strip() for row in re.split(r"\r\n|\r|\n", visible)]


def _bad_character(row: str) -> str | None:
    for character in row:
        if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
            return "这一行里有看不见的控制字符，请删掉这一行，重新打一遍。"
        if "\U0001f000" <= character <= "\U0001faff" or character == "\ufe0f":
            return f"这里不能用表情符号“{character}”，请改用文字。"
    return None


def _read_line(number: int, row: str) -> Line:
    head, rest = _HEAD.fullmatch(row).groups()
    rest = rest.strip(" 　:：") if rest.strip() else ""
    pieces = re.split(r"[|｜]", rest) if rest else []
    return Line(number, head, tuple(map(_read_part, pieces)))


def _read_part(piece: str) -> Part:
    """`扫一扫 *` → Part("扫一扫", tap=True). A run of asterisks (a hidden password) is text, not a mark."""
    text, marks = piece.strip(), set()
    while found := _MARK.search(text):
        marks.add(found.lastgroup)
        text = text[: found.start()].rstrip()
    return Part(text, tap="tap" in marks, look="look" in marks, aim="aim" in marks)
