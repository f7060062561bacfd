"""Days of the week, alone and with the hours: 周三下午 14:00-15:30, 每周二、四 9:30-11:00."""

import re
from dataclasses import dataclass

from courses.enums import Weekday
from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.clock import Hours, read_hours
from courses.rules.sheets.unclear import Unclear, quoted

_DAY = {sign: number for number, sign in enumerate("一二三四五六日", start=1)} | {"天": 7}
_ONE = r"[一二三四五六日天]|[1-7](?![\d:点时.])"
_NAME = r"(?:周|星期|礼拜)"
# Right after 周 a digit is the day, whatever follows: 周3 14:00.
_DAYS = re.compile(
    rf"每?{_NAME}(?:[一二三四五六日天]|[1-7])"
    rf"(?:[、,和及/至到-]?(?:每?{_NAME}[一二三四五六日天1-7]|{_ONE}))*"
)
_PART = re.compile(r"([至到-]?)[、,和及/]?(?:每?周|每?星期|每?礼拜)?([一二三四五六日天1-7])")
_EVERY = {"每天": range(1, 8), "工作日": range(1, 6), "每个工作日": range(1, 6), "周末": range(6, 8)}
_NOTE = re.compile(r"\(([^()]*)\)")
_HALF = re.compile(r"上午|下午|晚上|早上|中午|半天|全天")
# What belongs to the time though it stands in brackets: 14:00-15:30（周三）, 周三（下午）2:00-3:30.
_IN_BRACKETS = re.compile(rf"每?{_NAME}[一二三四五六日天1-7]|上午|下午|晚上")
_UNEVEN = re.compile(r"单双?周|双周|隔周|每两周|每2周")
HOW = "请写成 周三 14:00-15:30"


@dataclass(frozen=True)
class MeetingTime:
    """On which days of the week, from when to when. ``weekdays`` is empty where none is written."""

    weekdays: frozenset[Weekday]
    hours: Hours


def read_weekdays(value: CellValue) -> frozenset[Weekday] | Unclear:
    """Return the days of the week that a cell names."""
    words = plain(value)
    found, rest = _weekdays(words)
    if found and not rest:
        return found
    written = text_of(value)
    return Unclear(
        f"{quoted(written)}看不出是星期几" if written else "没写星期几", "请写成 周三，或者 周二、四"
    )


def read_meeting_time(value: CellValue) -> MeetingTime | Unclear:
    """Return when a class meets in a week; remarks in brackets are left out."""
    written, words = text_of(value), _NOTE.sub(_kept, plain(value))
    if not words:
        return Unclear("没写上课时间", HOW)
    if _UNEVEN.search(words):
        return Unclear(f"{quoted(written)}是隔周上课，这里认不出", "请每次课写一行，写上日期和 14:00-15:30")
    days, rest = _weekdays(words)
    if _HALF.fullmatch(rest) or (days and not rest):
        return Unclear(f"写了{quoted(written)}，没写几点", HOW)
    hours = read_hours(rest)
    if isinstance(hours, Unclear) and _weekdays(rest)[0]:
        return Unclear(f"{quoted(written)}写了不止一个时间", "一行写一个时间，另一个时间请另写一行")
    if isinstance(hours, Unclear):
        return Unclear(hours.problem, HOW) if days else hours
    return MeetingTime(days, hours)


def _kept(note: re.Match[str]) -> str:
    return note[1] if _IN_BRACKETS.fullmatch(note[1]) else ""


def _weekdays(words: str) -> tuple[frozenset[Weekday], str]:
    """Return the days of the week and what else is written; no days where there are none or they make no sense."""
    for name, numbers in _EVERY.items():
        if words.startswith(name):
            return frozenset(Weekday(number) for number in numbers), words.removeprefix(name).strip()
    hit = _DAYS.search(words)
    if hit is None:
        return frozenset(), words
    rest = f"{words[: hit.start()]}{words[hit.end() :]}".strip(" ,、;:的")
    return _expanded(hit[0].removeprefix("每")), rest


def _expanded(words: str) -> frozenset[Weekday]:
    days: list[int] = []
    for ranged, sign in _PART.findall(words):
        number = _DAY.get(sign) or int(sign)
        first = days[-1] + 1 if ranged and days else number
        days.extend(range(first, number + 1) if first <= number else [number])
    return frozenset(Weekday(number) for number in days)
