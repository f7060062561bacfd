"""Dates as they are written in plans and rosters, and spans of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.unclear import Unclear, quoted

# Day 1 of Excel is 1900-01-01; it also counts a 1900-02-29 that never was.
EXCEL_ZERO = date(1899, 12, 30)
SERIALS = range(36_526, 73_051)  # 2000-01-01 to 2100-01-01
YEARS = range(2000, 2100)
# 3.10 typed into a number cell loses its nought; 3.4 to 3.9 cannot have been anything else.
LOSE_A_NOUGHT = {1, 2, 3}

_TAIL = (
    r"(?:\((?:周|星期|礼拜)?[一二三四五六日天]\)|(?:周|星期|礼拜)[一二三四五六日天])?(?:上午|下午|晚上|全天)?"
)
_FULL = re.compile(rf"(\d{{4}}|\d{{2}})[年./-](\d{{1,2}})[月./-](\d{{1,2}})[日号]?{_TAIL}")
_SHORT = re.compile(rf"(\d{{1,2}})[月./-](\d{{1,2}})[日号]?{_TAIL}")
_DAY_ONLY = re.compile(rf"(\d{{1,2}})[日号]{_TAIL}")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_WITH_CLOCK = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}) \d{1,2}:\d{2}")
_DIVIDER = re.compile(r"[至到]|-")
HOW = "请写成 2026-03-15 这样的日期"


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included; ``last`` None where only the beginning was written."""

    first: date
    last: date | None


def read_date(value: CellValue, *, around: Span | None = None) -> date | Unclear:
    """Return the day a cell names. Without a year it is the one that lies in ``around`` or next to its beginning."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if lost := _lost_nought(value):
        return lost
    found = _parsed(plain(value), around)
    return found if found else _unreadable(text_of(value), around)


def read_span(value: CellValue, *, around: Span | None = None) -> Span | Unclear:
    """Return the span a cell names: 2021-03-01 至 2021-06-30, 3月1日-6月30日, 3月1日起, or a single day."""
    one = read_date(value, around=around)
    if isinstance(one, date):
        return Span(one, one)
    words = plain(value)
    if words.endswith(("起", "开始")) and (
        first := _parsed(words.removesuffix("开始").removesuffix("起"), around)
    ):
        return Span(first, None)
    spans = set(_spans(words.removeprefix("从").removesuffix("止"), around))
    if len(spans) != 1:
        return one
    span = spans.pop()
    if span.last and span.last < span.first:
        return Unclear(f"{quoted(text_of(value))}里，后面的日子比前面的早", "请看看哪一个写错了")
    return span


def _lost_nought(value: CellValue) -> Unclear | None:
    if not isinstance(value, float) or isinstance(value, bool) or value.is_integer():
        return None
    month, _, tail = text_of(value).partition(".")
    if not (tail.isdigit() and int(tail) in LOSE_A_NOUGHT and month.isdigit() and 1 <= int(month) <= 12):
        return None
    if len(tail) > 1 or (int(month) == 2 and tail == "3"):
        return None
    return Unclear(
        f"{month}.{tail} 存成了数字，看不出是 {month}月{tail}日 还是 {month}月{tail}0日",
        f"请写成 {month}月{tail}日 或者 {month}月{tail}0日",
    )


def _parsed(words: str, around: Span | None) -> date | None:
    if words.isascii() and words.isdigit() and len(words) == 5 and int(words) in SERIALS:
        return EXCEL_ZERO + timedelta(days=int(words))
    if hit := _FULL.fullmatch(words) or _COMPACT.fullmatch(words):
        year, month, day = (int(part) for part in hit.groups())
        return _day(year + 2000 if year < 100 else year, month, day)
    if hit := _WITH_CLOCK.fullmatch(words):
        return _parsed(hit[1], around)
    if around is not None and (hit := _SHORT.fullmatch(words)):
        return _in_span(int(hit[1]), int(hit[2]), around)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _in_span(month: int, day: int, around: Span) -> date | None:
    """Return the day with the year that puts it into the span; else the one nearest to its beginning."""
    first = around.first
    days = [found for year in (-1, 0, 1) if (found := _day(first.year + year, month, day))]
    inside = [each for each in days if first <= each and (around.last is None or each <= around.last)]
    return min(inside or days, key=lambda each: abs(each - first), default=None)


def _spans(words: str, around: Span | None) -> Iterator[Span]:
    """Yield every way to cut the words into two dates."""
    for cut in _DIVIDER.finditer(words):
        first = _parsed(words[: cut.start()].strip(), around)
        if first and (last := _second(words[cut.end() :].strip(), first)):
            yield Span(first, last)


def _second(words: str, first: date) -> date | None:
    if hit := _DAY_ONLY.fullmatch(words):
        return _day(first.year, first.month, int(hit[1]))
    if _SHORT.fullmatch(words) and not _FULL.fullmatch(words):
        # Without a year it is the first such day that is not before the beginning.
        return _parsed(words, Span(first, first + timedelta(days=365)))
    return _parsed(words, None)


def _unreadable(written: str, around: Span | None) -> Unclear:
    if not written:
        return Unclear("没写日期", HOW)
    if _SHORT.fullmatch(plain(written)) and around is None:
        return Unclear(f"{quoted(written)}没写哪一年", HOW)
    return Unclear(f"{quoted(written)}看不出是哪一天", HOW)
