"""A week of half days in words: 周一上午、周三下午."""

from collections.abc import Iterable
from itertools import groupby

from courses.enums import HalfDay, Weekday

_SHORTEST_RUN = 3


def week_in_words(free: Iterable[tuple[int, str]]) -> str:
    """Return when somebody has time, days alike drawn together: 周一到周五上午、周六全天; "" for never."""
    there = set(free)
    days = [(day, _half_days(day, there)) for day in Weekday]
    runs = [(halves, [day for day, _ in run]) for halves, run in groupby(days, key=lambda pair: pair[1])]
    return "、".join(words for halves, run in runs if halves for words in _said(run, halves))


def _half_days(day: Weekday, there: set[tuple[int, str]]) -> tuple[HalfDay, ...]:
    return tuple(half for half in HalfDay if (day.value, half.value) in there)


def _said(run: list[Weekday], halves: tuple[HalfDay, ...]) -> list[str]:
    """Return the words for days after each other that have the same half days."""
    when = "全天" if len(halves) == len(HalfDay) else "和".join(half.label for half in halves)
    if len(run) >= _SHORTEST_RUN:
        return [f"{run[0].label}到{run[-1].label}{when}"]
    return [f"{day.label}{when}" for day in run]
