"""Opening hours: what a week may look like, and how it is said in words. Half-open: at 11:30 it is closed again."""

from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import NamedTuple

DAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
# A morning and an afternoon: no form has room for more.
MOST_A_DAY = 2
# Where one part of the day begins, the latest first.
_PARTS = ((18, "晚上"), (13, "下午"), (12, "中午"), (5, "上午"), (0, "凌晨"))


class Hours(NamedTuple):
    """From when to when on a day of the week (1 is Monday, as `date.isoweekday()` says)."""

    weekday: int
    opens: time
    closes: time


# The usual week of a community school, for a form to begin with.
USUAL_WEEK = tuple(
    Hours(day, opens, closes)
    for day in range(1, 6)
    for opens, closes in ((time(9), time(11, 30)), (time(13, 30), time(16)))
)


def week_refusals(week: Iterable[Hours]) -> dict[int, str]:
    """Return, by day of the week, why its hours cannot be kept; empty when all can."""
    refusals: dict[int, str] = {}
    for day, hours in _by_day(week).items():
        backwards = next((each for each in hours if each.opens >= each.closes), None)
        if backwards:
            refusals[day] = f"{_clock(backwards.opens)} 开，{_clock(backwards.closes)} 关：关门要比开门晚。"
        elif any(first.closes > second.opens for first, second in pairwise(hours)):
            refusals[day] = "两段时间叠在一起了。第一段关了，第二段才能开。"
        elif len(joined(hours)) > MOST_A_DAY:
            refusals[day] = f"一天最多 {MOST_A_DAY} 段时间。"
    return refusals


def joined(week: Iterable[Hours]) -> list[Hours]:
    """Return the same week with hours that touch or overlap made one, in order."""
    whole: list[Hours] = []
    for each in sorted(week):
        last = whole[-1] if whole else None
        if last and last.weekday == each.weekday and each.opens <= last.closes:
            whole[-1] = last._replace(closes=max(last.closes, each.closes))
        else:
            whole.append(each)
    return whole


def week_in_words(week: Iterable[Hours]) -> list[tuple[str, str]]:
    """Return the week as people say it: days with the same hours in one line.

    ``[("星期一到星期五", "上午 9:00 到 11:30，下午 1:30 到 4:00"), ("星期六", "上午 9:00 到 11:30")]``
    """
    lines: dict[str, list[int]] = {}
    for day, hours in _by_day(joined(week)).items():
        lines.setdefault(hours_in_words(hours), []).append(day)
    return [(days_in_words(days), words) for words, days in lines.items()]


def hours_in_words(hours: Iterable[Hours]) -> str:
    """Return the hours of one day in words: 上午 9:00 到 11:30，下午 1:30 到 4:00."""
    return "，".join(_span(each) for each in hours)


def days_in_words(days: list[int]) -> str:
    """Return days of the week in words: three and more in a row as 星期一到星期五, all of them as 每天."""
    if len(days) == len(DAYS):
        return "每天"
    words: list[str] = []
    for run in _runs(days):
        names = [DAYS[day - 1] for day in run]
        words += [f"{names[0]}到{names[-1]}"] if len(run) > 2 else names
    return "、".join(words)


def is_within(week: Iterable[Hours], *, weekday: int, starts: time, ends: time) -> bool:
    """True when the week is open on that day from ``starts`` until ``ends``, without a break."""
    return any(
        each.weekday == weekday and each.opens <= starts < ends <= each.closes for each in joined(week)
    )


def _by_day(week: Iterable[Hours]) -> dict[int, list[Hours]]:
    days: dict[int, list[Hours]] = {}
    for each in sorted(week):
        days.setdefault(each.weekday, []).append(each)
    return days


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _span(hours: Hours) -> str:
    part, until = _part(hours.opens), _part(hours.closes)
    end = _twelve(hours.closes) if part == until else f"{until} {_twelve(hours.closes)}"
    return f"{part} {_twelve(hours.opens)} 到 {end}"


def _part(moment: time) -> str:
    return next(word for begins, word in _PARTS if moment.hour >= begins)


def _twelve(moment: time) -> str:
    """1:30 for 13:30, as it is said; the part of the day stands before it."""
    return f"{(moment.hour - 1) % 12 + 1 if moment.hour else 0}:{moment.minute:02}"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}".removeprefix("0")
