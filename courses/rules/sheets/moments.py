"""A day, or a day with a time: 2026-09-01, 9月1日9点, 9.1 下午2点半."""

import re
from datetime import date, datetime, time

from courses.rules.series import at
from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.clock import is_clock, read_clock
from courses.rules.sheets.dates import Span, read_date
from courses.rules.sheets.unclear import Unclear, quoted

# A day's last minute, as a form shows it: what is open "until the 10th" is open all the 10th.
DAY_BEGINS, DAY_ENDS = time(0), time(23, 59)
HOW = "请写成 2026-09-01，或者 2026-09-01 9:00"
# Longer is no moment; each sign of it would be looked at.
_LONGEST = 40
_AROUND = re.compile(r"^(?:从|自)|(?:起|开始|为止|截止|止)$")
_MIDNIGHT = re.compile(r"0{1,2}(?:[:点时](?:00)?分?整?)")
_WHOLE_DAY = re.compile(r"24(?:[:点时](?:00)?分?整?)")


def read_moment(value: CellValue, *, around: Span, without_clock: time) -> datetime | Unclear:
    """Return the moment a cell names, by Shanghai's clock; a day alone is meant at ``without_clock``."""
    if isinstance(value, datetime):
        # A cell for days keeps midnight.
        return at(value.date(), without_clock if value.time() == DAY_BEGINS else value.time())
    words, written = _AROUND.sub("", plain(value)), text_of(value)
    if not words:
        return Unclear("没写哪一天", HOW)
    if len(words) > _LONGEST:
        return Unclear(f"{quoted(written)}看不出是哪一天", HOW)
    if found := _with_clock(words, around):
        on, clock = found
        if isinstance(clock, Unclear):
            return Unclear(f"{quoted(written)}：{clock.problem}", HOW)
        return at(on, clock)
    day = read_date(value if isinstance(value, date | float) else words, around=around)
    return Unclear(day.problem, HOW) if isinstance(day, Unclear) else at(day, without_clock)


def _with_clock(words: str, around: Span) -> tuple[date, time | Unclear] | None:
    """Return the day and the time where both are written; the day is what is shortest: 9月1日 下午2点."""
    for cut in range(1, len(words)):
        if words[cut - 1].isdigit() and words[cut].isdigit():
            continue
        day, clock = words[:cut].strip(" ,Tt"), words[cut:].strip(" ,Tt")
        if is_clock(clock) and isinstance(on := read_date(day, around=around), date):
            return on, _clock(clock)
    return None


def _clock(words: str) -> time | Unclear:
    if _MIDNIGHT.fullmatch(words):
        return DAY_BEGINS
    return DAY_ENDS if _WHOLE_DAY.fullmatch(words) else read_clock(words)
