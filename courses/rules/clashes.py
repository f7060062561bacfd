"""Two things cannot be in one room, and nobody in two rooms, at one time. Half-open intervals: touching is fine."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Between two places one must get from one to the other.
TRAVEL = timedelta(minutes=15)


@dataclass(frozen=True)
class Held:
    """What one session holds, and for how long. Ids, None or empty for nothing; ``said`` names it to a person."""

    starts_at: datetime
    ends_at: datetime
    venue: int | None = None
    room: int | None = None
    teacher: int | None = None
    helpers: frozenset[int] = frozenset()
    said: str = ""

    @property
    def people(self) -> frozenset[int]:
        """Everybody it holds: teacher and helpers alike."""
        return self.helpers | ({self.teacher} if self.teacher else set())


@dataclass(frozen=True)
class Clash:
    """Why two sessions cannot both be: ``what`` is "room" or "person", ``of`` its id, ``other`` the session there."""

    what: str
    of: int
    other: Held


def overlap(one: Held, other: Held) -> bool:
    """True when they share time."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clash(one: Held, other: Held) -> Clash | None:
    """Return what both would hold at one time, or None."""
    if not overlap(one, other):
        return None
    if one.room is not None and one.room == other.room:
        return Clash("room", one.room, other)
    shared = one.people & other.people
    return Clash("person", min(shared), other) if shared else None


def is_tight(one: Held, other: Held) -> bool:
    """True when somebody has less than `TRAVEL` to get from one place to another."""
    if one.venue is None or other.venue is None or one.venue == other.venue or overlap(one, other):
        return False
    gap = max(one.starts_at - other.ends_at, other.starts_at - one.ends_at)
    return gap < TRAVEL and bool(one.people & other.people)
