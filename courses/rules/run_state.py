"""In which state a class is: from dates and decisions (design.md §3; never stored, so never stale)."""

from datetime import datetime

from courses.enums import RunState


def run_state(
    *,
    now: datetime,
    published_at: datetime | None,
    cancelled_at: datetime | None,
    enrol_from: datetime | None,
    enrol_until: datetime | None,
    first_at: datetime | None,
    last_until: datetime | None,
    seats_left: int | None,
) -> RunState:
    """Return the state at ``now``.

    ``first_at`` and ``last_until`` span the sessions that are not cancelled, None without any. ``seats_left`` None
    is unlimited. Without a window, people enrol from the publication until the class begins; a window may stay
    open longer, for those who join midway.
    """
    if cancelled_at:
        return RunState.CANCELLED
    if published_at is None:
        return RunState.DRAFT
    if last_until and now >= last_until:
        return RunState.ENDED
    if enrol_from and now < enrol_from:
        return RunState.SOON
    if _is_enrolling(now, enrol_until, first_at):
        return RunState.FULL if seats_left is not None and seats_left <= 0 else RunState.OPEN
    # Enrolment is over; until it ends a class counts as begun.
    return RunState.RUNNING


def _is_enrolling(now: datetime, enrol_until: datetime | None, first_at: datetime | None) -> bool:
    closes = enrol_until or first_at
    return closes is None or now < closes
