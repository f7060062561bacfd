"""How long something took: 01:23:45, 83分钟, 1小时23分, 4980秒, or a number whose unit the head of its column says."""

import re
from datetime import time, timedelta

from courses.rules.sheets.cells import CellValue, key_of, text_of
from courses.rules.sheets.unclear import Unclear, quoted

SECOND, MINUTE, HOUR = 1, 60, 3600
MEND = "请写成 01:23:45，或者 83分钟"
# No meeting is longer; what is, was misread.
_LONGEST = 24 * HOUR
# Longer is no length; each sign of it would be looked at.
_LONGEST_WORDS = 30
_CLOCK = re.compile(r"(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:\.\d+)?")
_TWO_PARTS = re.compile(r"(\d{1,3}):([0-5]\d)")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d+)?")
_UNITS = re.compile(
    r"(?:(\d{1,3}(?:\.\d+)?)(?:个?小时|时|hours?|hrs?|h))?"
    r"(?:(\d{1,5}(?:\.\d+)?)(?:分钟|分|minutes?|mins?|m|'))?"
    r"(?:(\d{1,6}(?:\.\d+)?)(?:秒钟?|seconds?|secs?|s|\"))?"
)
# From so much on the first of two parts can only be minutes.
_NO_HOUR = 24


def read_length(value: CellValue, *, unit: int = MINUTE) -> int | Unclear:
    """Return how many seconds a cell says; a number alone is meant in ``unit``, which is so many seconds."""
    if isinstance(value, timedelta):
        return _within(value.total_seconds(), value)
    if isinstance(value, time):
        return value.hour * HOUR + value.minute * MINUTE + value.second
    words = key_of(value)
    if not words.strip("-"):
        return Unclear("没写在了多久", MEND)
    seconds = _seconds(words, unit) if len(words) <= _LONGEST_WORDS else None
    if seconds is None and _TWO_PARTS.fullmatch(words):
        return Unclear(f"{quoted(text_of(value))}看不出是几小时几分，还是几分几秒", MEND)
    if seconds is None:
        return Unclear(f"{quoted(text_of(value))}看不出是多久", MEND)
    return _within(seconds, value)


def unit_in(head: str) -> int | None:
    """Return the unit that a column's head names, None where it names none: 时长（秒）, 参会时长(分钟)."""
    words = key_of(head)
    if "秒" in words:
        return SECOND
    return MINUTE if "分" in words else None


def _seconds(words: str, unit: int) -> float | None:
    if hit := _CLOCK.fullmatch(words):
        return int(hit[1]) * HOUR + int(hit[2]) * MINUTE + int(hit[3])
    if (hit := _TWO_PARTS.fullmatch(words)) and int(hit[1]) >= _NO_HOUR:
        return int(hit[1]) * MINUTE + int(hit[2])
    if _NUMBER.fullmatch(words):
        return float(words) * unit
    hit = _UNITS.fullmatch(words)
    if hit is None:
        return None
    parts = zip(hit.groups(), (HOUR, MINUTE, SECOND), strict=True)
    return sum(float(number) * each for number, each in parts if number)


def _within(seconds: float, value: CellValue) -> int | Unclear:
    if not 0 <= seconds <= _LONGEST:
        return Unclear(f"{quoted(text_of(value) or str(value))}太长了", MEND)
    return round(seconds)
