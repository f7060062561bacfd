"""The sessions of a week board as HTML: a template takes several times as long over hundreds of them.

Each is put into words once, for the wide table and for the list by day that a phone shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.templatetags.suishen import icon
from courses.rules.calendar import Day
from courses.services.scheduling.board import Board, Cell, Row, Tile

# More names of rooms are opened by a press.
SHORT = 12
NOTHING = SafeString("")
FREE = SafeString('<td><span class="board-free">空</span></td>')
CLOSED = SafeString('<td><span class="board-free">不开</span></td>')
EMPTY = SafeString("<td></td>")


@dataclass(frozen=True)
class DrawnDay:
    """A day of the list: its sessions as items, and the rooms that are free all day."""

    day: Day
    sessions: SafeString
    free: list[str]

    @property
    def is_short(self) -> bool:
        """True when the names of the free rooms need not be folded away."""
        return len(self.free) <= SHORT


@dataclass(frozen=True)
class Drawn:
    """A board as HTML: the rows of its table, and its days."""

    rows: SafeString
    days: list[DrawnDay]


def drawn(board: Board, *, shows_free: bool, names_rooms: bool) -> Drawn:
    """Draw a board. ``shows_free``: an empty cell is called so; ``names_rooms``: its rows are rooms."""
    cells: dict[int, SafeString] = {}
    by_day: list[list[SafeString]] = [[] for _ in board.days]
    # Asked once: Django's `reverse` for every session would be a tenth of the page.
    before, after = reverse("desk:session", args=[0]).rsplit("0", 1)
    for tile in board.tiles:
        words, address = _words(tile), f"{before}{tile.session.pk}{after}"
        cells[tile.session.pk] = _tile(tile, words, address)
        by_day[tile.starts.weekday()].append(_item(tile, words, address))
    rows = _joined(_row(row, cells, shows_free=shows_free) for row in board.rows)
    has_free = shows_free and names_rooms
    days = [
        DrawnDay(day, _joined(by_day[place]), _free(board.rows, place) if has_free else [])
        for place, day in enumerate(board.days)
    ]
    return Drawn(rows, days)


def _words(tile: Tile) -> SafeString:
    """Return what a session says in either layout."""
    return format_html(
        '<span class="board-title">{}</span> <span>{} {}</span>{}',
        tile.title,
        tile.hours,
        tile.session.teacher or "还没有老师",
        _joined(format_html(' <span class="board-tag">{}</span>', tag) for tag in _tags(tile)),
    )


def _tags(tile: Tile) -> list[str]:
    session = tile.session
    tags = ["草稿"] if tile.is_draft else []
    if session.is_cancelled:
        tags.append(f"取消了：{session.cancelled_because}")
    elif session.run.capacity is not None:
        tags.append(f"{session.run.capacity} 座")
    return tags


def _tile(tile: Tile, words: SafeString, address: str) -> SafeString:
    """Return a session in the table: where it is held, its row says; a clash is seen by the red pen."""
    scenario = tile.session.main_scenario
    return format_html(
        '<a class="board-tile s-{}{}{}" href="{}">{}{}{}</a>',
        scenario,
        " board-clash" if tile.clashes else "",
        " board-cancelled" if tile.session.is_cancelled else "",
        address,
        icon(scenario),
        words,
        _clash(tile, "w-sr-only"),
    )


def _item(tile: Tile, words: SafeString, address: str) -> SafeString:
    """Return a session in the list by day: with its place, and a clash in words."""
    return format_html(
        '<li><a class="board-tile s-{}{}" href="{}">{} <span>{}</span>{}</a></li>',
        tile.session.main_scenario,
        " board-cancelled" if tile.session.is_cancelled else "",
        address,
        words,
        tile.place,
        _clash(tile, "board-tag"),
    )


def _clash(tile: Tile, css: str) -> SafeString:
    if not tile.clashes:
        return NOTHING
    return format_html(' <span class="{}">时间冲突：{}</span>', css, tile.clashes[0])


def _row(row: Row, tiles: dict[int, SafeString], *, shows_free: bool) -> SafeString:
    return format_html(
        '<tr><th scope="row">{}<span class="board-about">{}</span></th>{}</tr>',
        row.name,
        row.about,
        _joined(_cell(cell, tiles, shows_free=shows_free) for cell in row.cells),
    )


def _cell(cell: Cell, tiles: dict[int, SafeString], *, shows_free: bool) -> SafeString:
    if cell.tiles:
        return format_html("<td>{}</td>", _joined(tiles[tile.session.pk] for tile in cell))
    if not shows_free:
        return EMPTY
    return CLOSED if cell.is_closed else FREE


def _free(rows: Iterable[Row], place: int) -> list[str]:
    there = ((row.name, row.cells[place]) for row in rows)
    return [name for name, cell in there if not (cell.tiles or cell.is_closed)]


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 — each part is safe already
