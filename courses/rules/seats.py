"""Who gets a seat, who waits, who is turned away (design.md §5, Capacity). NULL is unlimited, 0 is none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.enums import EnrolmentState
from courses.rules.capacity import Limit
from courses.rules.messages import may_be_told_at, time_awake
from courses.rules.refusal import Refusal

# Counted in hours in which a telephone may ring.
LEAST_TO_ANSWER = timedelta(hours=2)


@dataclass(frozen=True)
class Seats:
    """How a class stands: its limit, how many seats are taken (offered ones too), how many wait, how many may."""

    limit: Limit | None
    taken: int
    waiting: int
    waiting_places: int | None = None

    @property
    def left(self) -> int | None:
        """How many seats are empty; None is unlimited."""
        return None if self.limit is None else max(0, self.limit.most - self.taken)

    @property
    def free(self) -> int | None:
        """How many seats a newcomer may have: none while somebody waits, so that nobody jumps the queue."""
        return 0 if self.waiting else self.left

    @property
    def waiting_left(self) -> int | None:
        """How many more may wait; None is unlimited."""
        return None if self.waiting_places is None else max(0, self.waiting_places - self.waiting)


def state_for(seats: Seats) -> EnrolmentState | Refusal:
    """Return how a newcomer enters: with a seat, waiting, or not at all."""
    if seats.free is None or seats.free > 0:
        return EnrolmentState.CONFIRMED
    if seats.waiting_left is None or seats.waiting_left > 0:
        return EnrolmentState.WAITLISTED
    if seats.waiting_places == 0:
        return Refusal("full", "这个班满了，也不收候补。请看看别的班，或者打电话问。")
    return Refusal("waiting-list-full", "这个班满了，候补也满了。请看看别的班，或者打电话问。")


def shrinking_refusal(*, taken: int, limit: Limit | None) -> Refusal | None:
    """Return why the limit cannot sink below those who have a seat, or None."""
    if limit is None or taken <= limit.most:
        return None
    message = (
        f"已经有 {taken} 位报上了，不能改到只剩 {limit.most} 个座位（{limit.reason}）。"
        f"先把 {taken - limit.most} 位换到别的班，再来改。"
    )
    return Refusal("fewer-than-enrolled", message, field="capacity")


def offer_ends(*, now: datetime, hours: int, next_start: datetime) -> datetime | None:
    """Return until when a seat offered now is kept: so many hours from when the person is told, never past the start.

    None where it is too late for an offer: nobody loses their place for not answering by night, or within minutes.
    """
    longest = timedelta(hours=hours)
    ends = min(may_be_told_at(now) + longest, next_start)
    return ends if time_awake(now, ends) >= min(LEAST_TO_ANSWER, longest) else None
