"""Times as they are said: 上午 9:30, 下午 2:00, 晚上 7:00."""

from datetime import datetime, time

from courses.enums import HalfDay

NOON, EVENING = 12, 17


def half_day_of(clock: time | datetime) -> HalfDay:
    """Return the part of the day; noon begins the afternoon, five o'clock the evening."""
    if clock.hour < NOON:
        return HalfDay.MORNING
    return HalfDay.AFTERNOON if clock.hour < EVENING else HalfDay.EVENING


def said(clock: time | datetime) -> str:
    """Return a time by the clock on the wall, with its part of the day; 12:30 stays 12:30."""
    hour = clock.hour - NOON if clock.hour > NOON else clock.hour
    return f"{half_day_of(clock).label} {hour}:{clock.minute:02}"


def said_span(starts: time | datetime, ends: time | datetime) -> str:
    """Return from when to when: 上午 9:30 到 11:00; the part of the day is said again only where it changes."""
    end = said(ends)
    if half_day_of(starts) is half_day_of(ends):
        end = end.partition(" ")[2]
    return f"{said(starts)} 到 {end}"
