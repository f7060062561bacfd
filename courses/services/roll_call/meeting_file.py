"""Reading the attendance list of a meeting tool: who called themselves what, and when they were there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.errors import Refused
from courses.models import ClassSession
from courses.rules.online import Stay, seconds_within
from courses.rules.sheets.cells import key_of
from courses.rules.sheets.grid import Grid
from courses.rules.sheets.lengths import MINUTE, SECOND, read_length, unit_in
from courses.rules.sheets.meeting import COLUMNS, FEWEST_COLUMNS, read_time
from courses.rules.sheets.tables import SEARCHED_ROWS, Row, Table, find_table
from courses.rules.sheets.unclear import Unclear
from courses.services.sheets.opening import open_sheets

NO_TABLE = "这个文件里没找到参会名单。表头里要有“昵称”，再加上“时长”，或者“入会时间”和“退会时间”。"
LENGTH_HEADS = {key_of(name) for name in next(each for each in COLUMNS if each.key == "length").names} | {
    "时长"
}
# Above so many a bare number of a list without a unit is no longer one of minutes: no meeting lasts so long.
MOST_MINUTES = 12 * 60


@dataclass
class Visitor:
    """Who stands in the list under one nickname: the rows, the stays, and the lengths of rows without times."""

    written: str
    phone: str = ""
    rows: list[int] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    # Of rows with times: what the list itself says they add up to; None when a row does not say.
    said: int | None = 0
    loose: int = 0


@dataclass(frozen=True)
class MeetingList:
    """Everybody in the list, in its order; rows that could not be read, and those taken for something else."""

    visitors: list[Visitor]
    problems: list[str]
    skipped: list[str]


def read_meeting(data: bytes, *, name: str, session: ClassSession) -> MeetingList:
    """Return what an uploaded list says; ``name`` is the file's. Raises Refused where it is no such list."""
    grid, table = _find(open_sheets(data, name=name))
    unit = _unit(grid, table)
    visitors: dict[str, Visitor] = {}
    problems = []
    for row in table.rows:
        # A row without a nickname was taken for something else.
        written = row.text("name")
        visitor = visitors.get(key_of(written)) or Visitor(written)
        if words := _add(visitor, row, session, unit):
            problems.append(f"第 {row.number} 行（{written[:20]}）：{words}")
            continue
        visitors[key_of(written)] = visitor
    skipped = [f"第 {number} 行：{words}" for number, words in table.skipped]
    return MeetingList(list(visitors.values()), problems, skipped)


def minutes_of(visitors: list[Visitor], *, session: ClassSession) -> int:
    """Return for how many whole minutes of the session one person was there, under all these nicknames together."""
    stays = [stay for each in visitors for stay in each.stays]
    timed = seconds_within(stays, starts_at=session.starts_at, ends_at=session.ends_at)
    said = [each.said for each in visitors]
    if None not in said:
        # A list may give the first time and the last, and less between them.
        timed = min(timed, sum(said))
    loose = sum(each.loose for each in visitors)
    return min((timed + loose) // MINUTE, session.minutes)


def _find(grids: list[Grid]) -> tuple[Grid, Table]:
    for grid in grids:
        table = find_table(grid, COLUMNS, fewest=FEWEST_COLUMNS)
        if isinstance(table, Table) and ("length" in table.found or {"joined", "left"} <= table.found):
            return grid, table
    raise Refused("no-list", NO_TABLE)


def _unit(grid: Grid, table: Table) -> int:
    """Return what a bare number of the list is: as the head says, else minutes unless no meeting lasts so long."""
    first = table.rows[0].number - 1 if table.rows else len(grid.rows)
    for cells in grid.rows[: min(first, SEARCHED_ROWS)]:
        for value in cells:
            words = key_of(value)
            if any(words.startswith(head) for head in LENGTH_HEADS) and (unit := unit_in(words)):
                return unit
    return SECOND if any(number > MOST_MINUTES for number in _bare_numbers(table)) else MINUTE


def _bare_numbers(table: Table) -> Iterator[float]:
    for row in table.rows:
        words = key_of(row.cells.get("length"))
        if words.replace(".", "", 1).isdecimal():
            yield float(words)


def _add(visitor: Visitor, row: Row, session: ClassSession, unit: int) -> str:
    """Add a row to its visitor; return why it cannot be, "" when it is."""
    length = read_length(row.cells["length"], unit=unit) if row.text("length") else None
    if isinstance(length, Unclear):
        return str(length)
    stay = _stay(row, session, length)
    if isinstance(stay, Unclear):
        return str(stay)
    if stay is None and length is None:
        return "没写在了多久，没有算。"
    if stay is None:
        visitor.loose += length
    else:
        visitor.stays.append(stay)
        visitor.said = None if length is None or visitor.said is None else visitor.said + length
    visitor.rows.append(row.number)
    visitor.phone = visitor.phone or row.text("phone")
    return ""


def _stay(row: Row, session: ClassSession, length: int | None) -> Stay | Unclear | None:
    """Return from when to when a row says; None where it does not say both."""
    if not row.text("joined") or not row.text("left"):
        return None
    joined, left = (read_time(row.cells[key], on=session.on) for key in ("joined", "left"))
    if isinstance(joined, Unclear):
        return joined
    if isinstance(left, Unclear):
        return left
    return Stay(joined, left) if joined <= left else Unclear("退会比入会早", "请看看这一行写对了没有")
