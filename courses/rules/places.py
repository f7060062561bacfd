"""What may be said about a venue, a room, and the days on which they are closed."""

from datetime import date
from typing import Any


def venue_refusals(
    *, is_epidemic_ready: bool, epidemic_checked_on: date | None, today: date
) -> dict[str, tuple[str, str]]:
    """Return, by field, a code and why a venue cannot be kept like this; empty when it can.

    That a place is fit for an epidemic is worth as much as the day somebody looked.
    """
    if is_epidemic_ready and epidemic_checked_on is None:
        return {"epidemic_checked_on": ("check-day-missing", "有防疫条件，请填哪一天核的。")}
    if epidemic_checked_on and epidemic_checked_on > today:
        return {"epidemic_checked_on": ("check-day-ahead", "这一天还没有到。请填已经核过的那一天。")}
    return {}


def closure_refusals(*, starts_on: date, ends_on: date, today: date) -> dict[str, tuple[str, str]]:
    """Return, by field, a code and why these days cannot be closed; empty when they can."""
    if ends_on < starts_on:
        return {"ends_on": ("ends-before-start", "结束的日子在开始的日子前面。")}
    if ends_on < today:
        return {"ends_on": ("closure-in-the-past", "这几天已经过去了。只记今天还没有结束的。")}
    return {}


def room_said(name: str) -> str:
    """Return a room as one says it: 203 is 203教室; 203教室, 多功能厅 and 操场 are said as they are."""
    return f"{name}教室" if name[-1:].isascii() and name[-1:].isalnum() else name


def place_words(venue: Any, room: Any, *, otherwise: str = "线上") -> str:
    """Return venue and room in one line as lists have it, or ``otherwise`` where there is no venue."""
    return f"{venue} {room or ''}".strip() if venue else otherwise
