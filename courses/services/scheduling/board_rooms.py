"""The rooms of a board by place: those without a class stand there too, and closed days say so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Q, Value, When

from courses.models import ClassSession, Closure, OpeningHours, Room
from courses.models.venue import RoomQuerySet
from courses.services.scheduling.limits import Setting
from courses.services.scheduling.open_places import closures_touching, why_closed

# More rows are no board any more. Rooms with a class come first; how many others are left out is said.
MOST_ROWS = 60
DAYS = 7


@dataclass(frozen=True)
class BoardRooms:
    """Rooms that are to stand on a board, on which of its days (0 is Monday) each is closed, how many are left out."""

    rooms: Sequence[Room] = ()
    closed: dict[int, frozenset[int]] = field(default_factory=dict)
    left_out: int = 0


def rooms_of_week(rooms: RoomQuerySet, sessions: Iterable[ClassSession], *, monday: date) -> BoardRooms:
    """Return the rooms of a week: those of its sessions, and of ``rooms`` those in use. Four queries.

    Only rooms that stand on the board are fetched: the city has thousands.
    """
    taken = {session.room_id for session in sessions if session.room_id}
    in_use = rooms.in_use(on=monday).filter(Q(venue__closed_on=None) | Q(venue__closed_on__gt=monday))
    rows = Room.objects.filter(Q(pk__in=in_use.values("pk")) | Q(pk__in=taken))
    first = rows.order_by(*_with_a_class_first(taken), "venue__name", "name", "pk").select_related("venue")
    shown = first.only("name", "seats", "closed_on", "venue__name", "venue__closed_on")
    chosen = list(shown[: max(MOST_ROWS, len(taken))])
    return BoardRooms(chosen, _closed_days(chosen, monday), rows.count() - len(chosen))


def _with_a_class_first(taken: set[int]) -> list[Case]:
    """Return the order; nothing where none has a class, as databases read a lone 1 as the first column."""
    if not taken:
        return []
    return [Case(When(pk__in=taken, then=Value(0)), default=Value(1), output_field=IntegerField())]


def _closed_days(rooms: Sequence[Room], monday: date) -> dict[int, frozenset[int]]:
    days = [monday + timedelta(days=ahead) for ahead in range(DAYS)]
    # How a session is held does not matter to whether its room is closed.
    ends = (Setting(on, "", room.venue, room) for room in rooms for on in (days[0], days[-1]))
    closures: dict[int, list[Closure]] = defaultdict(list)
    for closure in closures_touching(ends):
        closures[closure.venue_id].append(closure)
    open_days: dict[int, set[int]] = defaultdict(set)
    hours = OpeningHours.objects.filter(room__in=rooms).order_by()
    for pk, weekday in hours.values_list("room_id", "weekday").distinct():
        open_days[pk].add(weekday - 1)
    return {
        room.pk: _never_open(open_days.get(room.pk)) | _closed_on(room, days, closures[room.venue_id])
        for room in rooms
    }


def _never_open(open_days: set[int] | None) -> frozenset[int]:
    """Return the weekdays without hours; a room without any hours at all is open on every day."""
    return frozenset(range(DAYS)) - open_days if open_days else frozenset()


def _closed_on(room: Room, days: Sequence[date], closures: Sequence[Closure]) -> frozenset[int]:
    # Most rooms are neither given up nor closed: a board asks for hundreds of cells.
    if not (closures or room.closed_on or room.venue.closed_on):
        return frozenset()
    settings = (Setting(on, "", room.venue, room) for on in days)
    return frozenset(ahead for ahead, setting in enumerate(settings) if why_closed(setting, closures))
