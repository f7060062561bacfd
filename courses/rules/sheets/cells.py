"""From what a program hands out for a cell to the words that a person sees in it."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

# What a cell may hold. A program that reads .xlsx gives numbers as floats, dates and times as such.
CellValue = str | bool | int | float | date | datetime | time | timedelta | None

# Beyond this a float no longer keeps every digit: such a number was cut when it was typed.
LARGEST_WHOLE = 10**15
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2500\u2501\ufe58\uff0d\u30fc~\u301c\u223c\uff5e-]+")
_COLONS = re.compile(r"[\u2236\ufe55\ua789]")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])")
_BLANK = re.compile(r"\s+")
_KEPT_BLANK = "\x00"


def text_of(value: CellValue) -> str:
    """Return what a person sees in the cell: ``13800000003.0`` is 13800000003, blanks around are gone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return _span(value)
    return visible(str(value)).strip().removeprefix("'").strip()


def visible(words: str) -> str:
    """Return words without signs that nobody sees; line breaks stay."""
    return "".join(sign for sign in words if sign == "\n" or sign.isspace() or sign.isprintable())


def is_blank(value: CellValue) -> bool:
    """True when there is nothing to be seen in the cell."""
    return not text_of(value)


def plain(value: CellValue) -> str:
    """Return a cell's words for comparing: half width, one kind of dash and colon, no blanks but between digits."""
    words = unicodedata.normalize("NFKC", text_of(value))
    words = visible(_COLONS.sub(":", _DASHES.sub("-", words)))
    words = _BETWEEN_DIGITS.sub(_KEPT_BLANK, words)
    return _BLANK.sub("", words).replace(_KEPT_BLANK, " ")


def key_of(value: CellValue) -> str:
    """Return what two spellings of one name have in common: plain, without any blank, in one case."""
    return plain(value).replace(" ", "").casefold()


def _float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    return f"{value:g}" if abs(value) >= LARGEST_WHOLE else repr(value)


def _span(value: timedelta) -> str:
    """A clock that was typed into a cell for lengths of time: 14:00."""
    minutes = int(value.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes >= 0 else ""
