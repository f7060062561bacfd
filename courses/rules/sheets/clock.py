"""Times of day as they are written: 14：00, 下午2点半, 9:30—11:00, 上午9点到10点半."""

import re
from dataclasses import dataclass
from datetime import time

from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.unclear import Unclear, quoted

MORNING, NOON, AFTERNOON = ("上午", "早上", "早晨", "早"), ("中午",), ("下午", "傍晚", "晚上", "晚间", "晚")
_HALVES = "|".join([*MORNING, *NOON, *AFTERNOON])
_CHINESE = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_CLOCK = re.compile(
    rf"(?P<half>{_HALVES})?"
    r"(?:(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,2}(?=[点时]))"
    r"(?:(?:[点时:](?P<minute>\d{1,2}|半|一刻|三刻|整)?分?)|(?:\.(?P<dotted>\d{2})))?"
    r"|(?P<compact>\d{4}))"
)
_DIVIDER = re.compile(r"[至到]|-")
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
# Nobody teaches before seven: a smaller number without 上午 or 下午 may be either.
EARLIEST = 7
HOW = "请写成 14:00-15:30"


@dataclass(frozen=True)
class Hours:
    """From a time of day to a later one."""

    starts: time
    ends: time


@dataclass(frozen=True)
class _Clock:
    half: str
    hour: int
    minute: int

    def at(self, half: str) -> int | None:
        """Return the minute of the day, given the half of it; None where there is none such."""
        hour = self.hour
        if half in AFTERNOON and hour < 12:
            hour += 12
        if half in NOON and hour < 3:
            hour += 12
        if (half in MORNING and hour > 12) or hour > 23 or self.minute > 59:
            return None
        return hour * 60 + self.minute


def read_clock(value: CellValue) -> time | Unclear:
    """Return the one time of day that a cell names."""
    written, found = text_of(value), _clock(plain(value))
    if found is None:
        return Unclear(f"{quoted(written)}看不出是几点" if written else "没写几点", "请写成 14:00")
    minute = found.at(found.half)
    if minute is None:
        return Unclear(f"{quoted(written)}没有这个时间", "请写成 14:00")
    if not found.half and minute < EARLIEST * 60:
        return _which_half(written)
    return _time(minute)


def is_clock(words: str) -> bool:
    """True for words that are written like a time of day, whether there is such a time or not."""
    return _clock(words) is not None


def read_hours(value: CellValue) -> Hours | Unclear:
    """Return from when to when a cell says."""
    words, written = plain(value), text_of(value)
    if not words:
        return Unclear("没写几点", HOW)
    pairs = [
        (first, last)
        for cut in _DIVIDER.finditer(words)
        if (first := _clock(words[: cut.start()])) and (last := _clock(words[cut.end() :]))
    ]
    if len(pairs) == 1:
        return _hours(*pairs[0], written)
    if _clock(words):
        return Unclear(f"{quoted(written)}只写了几点开始，没写几点下课", HOW)
    return Unclear(f"{quoted(written)}看不出从几点到几点", HOW)


def _hours(first: _Clock, last: _Clock, written: str) -> Hours | Unclear:
    starts = first.at(first.half)
    ends = last.at(last.half or (first.half if first.half not in NOON else ""))
    if ends is None:
        ends = last.at(last.half)
    if starts is None or ends is None:
        return Unclear(f"{quoted(written)}里没有这个时间", HOW)
    if not first.half and starts < EARLIEST * 60:
        return _which_half(written)
    if ends <= starts and not last.half and ends < 12 * 60:
        # 上午11:00-1:00, 11:00-1:00: over noon.
        ends += 12 * 60
    if ends <= starts:
        return Unclear(f"{quoted(written)}里，下课的时间不比上课晚", HOW)
    return Hours(_time(starts), _time(ends))


def _which_half(written: str) -> Unclear:
    return Unclear(f"{quoted(written)}看不出是上午还是下午", HOW)


def _clock(words: str) -> _Clock | None:
    hit = _CLOCK.fullmatch(words.strip())
    if hit is None:
        return None
    half = hit["half"] or ""
    if hit["compact"]:
        return _Clock(half, int(hit["compact"][:2]), int(hit["compact"][2:]))
    minute = hit["minute"] or hit["dotted"] or "0"
    return _Clock(half, _number(hit["hour"]), _MINUTES[minute] if minute in _MINUTES else int(minute))


def _number(words: str) -> int:
    """Return 1 to 99, in digits or in Chinese: 十, 十一, 两."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return sum(_CHINESE[sign] for sign in ones)
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
