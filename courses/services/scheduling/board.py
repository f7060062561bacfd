"""The week on one board: rows are rooms, teachers or volunteers, columns are days; clashes are circled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from django.db.models import Prefetch
from django.utils import timezone

from courses.models import ClassSession, Room, TeachingPerson, Venue
from courses.rules.calendar import Day, day
from courses.rules.clashes import Clash, Held, clash
from courses.rules.places import place_words
from courses.rules.series import at
from courses.services.scheduling.board_rooms import DAYS, BoardRooms
from courses.services.scheduling.holding import WITH, held_by

# A board has hundreds of sessions; what it does not show is not fetched.
SHOWN = (
    *("starts_at", "ends_at", "state", "main_scenario", "cancelled_because"),
    *(
        "run__code",
        "run__title",
        "run__capacity",
        "run__published_at",
        "venue__name",
        "room__name",
        "room__seats",
        "teacher__name",
    ),
)


class RowKind(StrEnum):
    """What the rows of a board are."""

    PLACE = "place"
    TEACHER = "teacher"
    VOLUNTEER = "volunteer"


@dataclass
class Tile:
    """A session on the board; ``clashes`` with others of the week, in words."""

    session: ClassSession
    clashes: list[str] = field(default_factory=list)

    @cached_property
    def starts(self) -> datetime:
        return timezone.localtime(self.session.starts_at)

    @cached_property
    def ends(self) -> datetime:
        return timezone.localtime(self.session.ends_at)

    @property
    def hours(self) -> str:
        """From when to when: 9:00–10:30."""
        starts, ends = self.starts, self.ends
        return f"{starts.hour}:{starts.minute:02}–{ends.hour}:{ends.minute:02}"

    @property
    def place(self) -> str:
        """Where it is held: 田林活动室 203, 线上."""
        session = self.session
        return place_words(session.venue, session.room)

    @property
    def title(self) -> str:
        """The class's name."""
        return self.session.run.title

    @property
    def is_draft(self) -> bool:
        """True while no reader sees its class."""
        return self.session.run.published_at is None


@dataclass
class Cell:
    """A day of a row: its tiles, and whether the room is closed that day."""

    tiles: list[Tile] = field(default_factory=list)
    is_closed: bool = False

    def __iter__(self) -> Iterator[Tile]:
        return iter(self.tiles)


@dataclass
class Row:
    """A row: its name, what stands below it in small print, and the tiles of each of the seven days."""

    name: str
    about: str
    cells: list[Cell] = field(default_factory=lambda: [Cell() for _ in range(DAYS)])


@dataclass(frozen=True)
class Board:
    """A week: its days from Monday on, its rows, its sessions by the clock, and each clash once, in words with the
    sessions it is about.

    ``left_out`` is how many rooms without a class found no place on it.
    """

    days: list[Day]
    rows: list[Row]
    tiles: list[Tile]
    clashes: list[tuple[str, list[Tile]]]
    left_out: int = 0


def monday_of(on: date) -> date:
    """Return the Monday of the week a day lies in."""
    return on - timedelta(days=on.isoweekday() - 1)


def week_of(sessions, monday: date):
    """Return the sessions that begin in the week from ``monday`` on, with all the board reads."""
    first = at(monday, datetime.min.time())
    week = sessions.filter(starts_at__gte=first, starts_at__lt=first + timedelta(days=DAYS))
    helpers = Prefetch("helpers", TeachingPerson.objects.only("name"), to_attr="helpers_there")
    rows = week.select_related(*WITH).prefetch_related(helpers).only(*SHOWN)
    return rows.order_by("starts_at", "pk")


def board(
    sessions: Iterable[ClassSession], *, monday: date, by: RowKind, rooms: BoardRooms | None = None
) -> Board:
    """Lay the sessions of a week out. Cancelled ones are shown and hold nothing. ``rooms`` have rows in any case."""
    tiles = [Tile(session) for session in sessions]
    clashes = _mark_clashes(tiles)
    there = rooms or BoardRooms()
    rows = _rows_of(there)
    for tile in tiles:
        for key, name, about in _places_of(tile.session, by):
            row = rows.setdefault(key, Row(name, about))
            row.cells[(tile.starts.date() - monday).days].tiles.append(tile)
    days = [day(monday + timedelta(days=ahead)) for ahead in range(DAYS)]
    return Board(days, sorted(rows.values(), key=lambda row: row.name), tiles, clashes, there.left_out)


def _rows_of(there: BoardRooms) -> dict[object, Row]:
    rows: dict[object, Row] = {}
    for room in there.rooms:
        key, name, about = _row_of_place(room.venue, room)
        cells = [Cell(is_closed=ahead in there.closed[room.pk]) for ahead in range(DAYS)]
        rows[key] = Row(name, about, cells)
    return rows


def _places_of(session: ClassSession, by: RowKind) -> list[tuple[object, str, str]]:
    """Return the rows a session stands in: (key, name, small print)."""
    if by is RowKind.PLACE:
        return [_row_of_place(session.venue, session.room)]
    if by is RowKind.TEACHER:
        teacher = session.teacher
        return [(teacher.pk if teacher else 0, teacher.name if teacher else "还没有老师", "")]
    return [(helper.pk, helper.name, "") for helper in session.helpers_there] or [(0, "还没有志愿者", "")]


def _row_of_place(venue: Venue | None, room: Room | None) -> tuple[object, str, str]:
    if venue is None:
        return "online", "线上", ""
    seats = f"{room.seats} 座" if room and room.seats is not None else ""
    return (venue.pk, room.pk if room else 0), f"{venue.name} {room.name if room else ''}".strip(), seats


def _mark_clashes(tiles: Sequence[Tile]) -> list[tuple[str, list[Tile]]]:
    """Tell each tile what it clashes with; return every clash once. Only what shares a room or a person can clash."""
    sharing: dict[tuple[str, int], list[tuple[Tile, Held]]] = defaultdict(list)
    for tile in tiles:
        if not tile.session.is_cancelled:
            held = held_by(tile.session, tile.session.helpers_there)
            for key in _keys_of(held):
                sharing[key].append((tile, held))
    hits: dict[tuple[int, int], tuple[Tile, Tile, Clash]] = {}
    for together in sharing.values():
        for (one, held), (other, there) in combinations(together, 2):
            if hit := clash(held, there):
                hits[one.session.pk, other.session.pk] = (one, other, hit)
    found = []
    for one, other, hit in sorted(hits.values(), key=lambda each: each[0].starts):
        words = _said(one, other, hit)
        one.clashes.append(words)
        other.clashes.append(words)
        found.append((words, [one, other]))
    return found


def _keys_of(held: Held) -> Iterator[tuple[str, int]]:
    if held.room is not None:
        yield "room", held.room
    for person in held.people:
        yield "person", person


def _said(one: Tile, other: Tile, hit: Clash) -> str:
    session = one.session
    if hit.what == "room":
        who = f"{session.venue} {session.room}"
    else:
        everybody = [*session.helpers_there, *([session.teacher] if session.teacher else [])]
        who = next(person.name for person in everybody if person.pk == hit.of)
    when = f"{one.starts.month}月{one.starts.day}日 {max(one.starts, other.starts):%H:%M}"
    return f"{who} {when} 有两节课：“{one.title}”和“{other.title}”。请换一个，或者换时间。"
