"""What is taken already while the demo timetable is made: by the same rules that planners meet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from courses.models import Closure, Room
from courses.rules.clashes import Held, clash, is_tight


class Diary:
    """Rooms and people by the day, and the days on which rooms are closed."""

    def __init__(self, closures: Iterable[Closure]) -> None:
        self._closures = list(closures)
        self._taken: dict[date, list[Held]] = defaultdict(list)

    def is_open(self, room: Room, days: Iterable[date]) -> bool:
        """True when neither the room nor its house is closed on any of the days."""
        closed = [
            each
            for each in self._closures
            if each.venue_id == room.venue_id and each.room_id in {None, room.pk}
        ]
        return not any(each.starts_on <= on <= each.ends_on for each in closed for on in days)

    def take(self, wanted: Sequence[Held]) -> bool:
        """Put all of it down when nothing is held twice and everybody gets there in time; False when not."""
        if not all(self._fits(each) for each in wanted):
            return False
        for each in wanted:
            self._taken[each.starts_at.date()].append(each)
        return True

    def _fits(self, wanted: Held) -> bool:
        there = self._taken[wanted.starts_at.date()]
        return not any(clash(wanted, other) or is_tight(wanted, other) for other in there)
