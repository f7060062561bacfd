"""Live on line: when the door opens, how long is enough, and how it goes together with the roll on site (R2, R7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.enums import AttendanceState, RecordedHow
from courses.rules.counting import Thresholds
from courses.rules.refusal import Refusal

# So long before a session its meeting can be entered; what the learner's own page says.
DOOR_OPENS = timedelta(minutes=30)
ON_SITE = {AttendanceState.PRESENT, AttendanceState.LATE}
NOT_LIVE = Refusal("not-live", "这次课不在线上直播，没有在线几分钟要填。请在“点名”里点。")


def needed_minutes(*, length: int, thresholds: Thresholds) -> int:
    """Return the fewest whole minutes on line that are enough in a session of ``length`` minutes."""
    return -(-length * thresholds.live // 100)


def minutes_words(minutes: int, *, length: int, thresholds: Thresholds) -> str:
    """Return how long somebody was on line, and what was missing: 12 分钟，不到 54 分钟."""
    needed = needed_minutes(length=length, thresholds=thresholds)
    return f"{minutes} 分钟" if minutes >= needed else f"{minutes} 分钟，不到 {needed} 分钟"


def changes_the_roll(*, how: str, before: str, after: str) -> bool:
    """Return whether what was found on line is put down where the roll says ``before``, recorded ``how``.

    On site and on line together are one (R2): who was in the room stays so, however short they were on line. Who left
    the room early and stayed on line for long enough was there; who asked to be excused is not made absent.
    """
    if how == RecordedHow.ONLINE:
        return True
    if before in ON_SITE:
        return False
    if before in {AttendanceState.LEFT_EARLY, AttendanceState.EXCUSED}:
        return after == AttendanceState.PRESENT
    return True


@dataclass(frozen=True)
class Stay:
    """One time in a meeting, from joining to leaving."""

    joined: datetime
    left: datetime


def seconds_within(stays: Iterable[Stay], *, starts_at: datetime, ends_at: datetime) -> int:
    """Return for how many seconds of a session somebody was there: what overlaps is counted once.

    Two devices at a time are one person; waiting before the beginning and staying behind is no lesson.
    """
    total, reached = timedelta(0), starts_at
    for stay in sorted(stays, key=lambda each: each.joined):
        begins, ends = max(stay.joined, reached), min(stay.left, ends_at)
        if ends > begins:
            total += ends - begins
            reached = ends
    return int(total.total_seconds())
