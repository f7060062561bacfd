"""The tables behind what is drawn, as they are taken away."""

from typing import Any

from courses.services.progress.collecting import Progress, districts, lines, scenarios

Table = tuple[list[str], list[list[Any]]]


def table_of(name: str, now: Progress) -> Table:
    """Return the head and the rows of a table."""
    return TABLES[name](now)


def _plan(now: Progress) -> Table:
    head = ["到哪天", "当月人次", "累计人次", "计划累计"]
    return head, [
        [f"{month.until:%Y-%m-%d}", month.reported, month.so_far, month.planned] for month in now.months
    ]


def _districts(now: Progress) -> Table:
    return ["区", "人次", "人数"], [[part.name, part.reported, part.people] for part in districts(now)]


def _scenarios(now: Progress) -> Table:
    return ["场景", "人次", "人数"], [[part.name, part.reported, part.people] for part in scenarios(now)]


def _lines(now: Progress) -> Table:
    head = ["哪条线", "计划人次", "对方报的人次", "哪天报的", "来源"]
    return head, [[line.name, line.planned, *_reported(line, now)] for line in lines(now.programme)]


def _reported(line, now: Progress) -> list[Any]:
    if line.is_ours:
        return [now.reported, f"{now.on:%Y-%m-%d}", "本系统"]
    if line.reported is None:
        return ["还没有数字", "", ""]
    return [line.reported, f"{line.reported_on:%Y-%m-%d}", line.source]


TABLES = {"plan": _plan, "districts": _districts, "scenarios": _scenarios, "lines": _lines}
