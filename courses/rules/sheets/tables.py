"""The table inside a sheet: its head below titles, its rows without totals, notes, headings and gaps.

Nothing is left out in silence: `Table.skipped` says which rows were taken for something else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from courses.rules.sheets.cells import CellValue, is_blank, key_of, text_of
from courses.rules.sheets.grid import Grid
from courses.rules.sheets.unclear import Unclear

# Heads lie near the top; below come only rows.
SEARCHED_ROWS = 20
FEWEST_NAMES = 3
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*:]")
# The example in a table to fill in.
_EXAMPLE = {"例", "示例", "样例", "例子"}
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)")
_END = re.compile(
    r"以下空白|以下为空|注[:1-9]|备注:|说明:|附:|填表人|制表人|填报人|填报单位|填表日期|审核人|负责人签|经办人|盖章|单位盖章"
)


@dataclass(frozen=True)
class Column:
    """A column one looks for: its key, its name as people are told it, and other names it goes by."""

    key: str
    label: str
    names: tuple[str, ...] = ()
    is_needed: bool = False

    @cached_property
    def keys(self) -> set[str]:
        """What a head of this column is compared with."""
        return {key_of(name) for name in (self.label, *self.names)}


@dataclass(frozen=True)
class Row:
    """A row of a table: its number as the program shows it, its cells by key, the heading it stands under."""

    number: int
    cells: dict[str, CellValue]
    group: str = ""

    def text(self, key: str) -> str:
        """Return a cell's words, "" where there is no such column."""
        return text_of(self.cells.get(key))


@dataclass(frozen=True)
class Table:
    """The rows found, which columns there are, and the rows that were taken for something else: (number, words)."""

    rows: list[Row]
    found: frozenset[str]
    skipped: list[tuple[int, str]] = field(default_factory=list)


def find_table(grid: Grid, columns: Sequence[Column], *, fewest: int = FEWEST_NAMES) -> Table | Unclear:
    """Return the table with these columns, at least ``fewest`` of them, or why there is none."""
    filled = grid.unmerged()
    head = _find_head(filled, columns, fewest)
    if head is None:
        names = "、".join(column.label for column in columns if column.is_needed)
        return Unclear("没找到表头那一行", f"表头里要有这些列：{names}")
    last, places = head
    missing = [column.label for column in columns if column.is_needed and column.key not in places]
    if missing:
        return Unclear(
            f"表头（第 {last + 1} 行）里没有{'、'.join(f'“{name}”' for name in missing)}", "请补上再传"
        )
    needed = [column.key for column in columns if column.is_needed] or list(places)
    return _rows_below(filled, last, places, needed)


def _find_head(grid: Grid, columns: Sequence[Column], fewest: int) -> tuple[int, dict[str, int]] | None:
    """Return the head's last row and where each column is: one row, or two where the second says more."""
    best: tuple[int, dict[str, int]] | None = None
    for row in range(min(len(grid.rows), SEARCHED_ROWS)):
        upper = [_names_in(value) for value in grid.rows[row]]
        lower = [_names_in(value) for value in grid.rows[row + 1]] if row + 1 < len(grid.rows) else []
        one = _places(upper, columns)
        two = _places([_known(low, columns) or up for low, up in zip(lower, upper, strict=False)], columns)
        found = (row + 1, two) if len(two) > len(one) and one else (row, one)
        if len(found[1]) >= fewest and (best is None or len(found[1]) > len(best[1])):
            best = found
    return best


def _names_in(value: CellValue) -> set[str]:
    """Return the names a cell of the head may stand for: 学习点/办学单位 is both."""
    words = _NOTE.sub("", key_of(value))
    return {words, *words.split("/")} - {""}


def _known(names: set[str], columns: Sequence[Column]) -> set[str]:
    return names if any(names & column.keys for column in columns) else set()


def _places(heads: Sequence[set[str]], columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column in columns:
        where = (
            place for place, names in enumerate(heads) if names & column.keys and place not in places.values()
        )
        if (found := next(where, None)) is not None:
            places[column.key] = found
    return places


def _rows_below(grid: Grid, head: int, places: dict[str, int], needed: Sequence[str]) -> Table:
    rows: list[Row] = []
    skipped: list[tuple[int, str]] = []
    group, head_words = "", set(grid.words_of(head))
    for place in range(head + 1, len(grid.rows)):
        words = grid.words_of(place)
        if not words:
            continue
        shown = " ".join(dict.fromkeys(text for value in grid.rows[place] if (text := text_of(value))))[:60]
        if _is_remark(words) or len(head_words & set(words)) >= FEWEST_NAMES:
            skipped.append((place + 1, shown))
        elif len(words) == 1:
            group = shown
            skipped.append((place + 1, shown))
        else:
            cells = {key: grid.value(place, column) for key, column in places.items()}
            if all(is_blank(cells[key]) for key in needed):
                skipped.append((place + 1, shown))
            else:
                rows.append(Row(place + 1, cells, group))
    return Table(rows, frozenset(places), skipped)


def _is_remark(words: Sequence[str]) -> bool:
    """True for totals, examples, 以下空白, 注：…, 填表人：…"""
    return words[0] in _EXAMPLE or bool(_END.match(words[0])) or any(_TOTAL.match(word) for word in words[:3])
