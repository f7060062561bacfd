"""Times as they are said: 上午 9:30, 中午 12:00, 下午 2:00, 晚上 7:00."""

from datetime import datetime, time

from courses.enums import HalfDay

NOON, EVENING = 12, 18


def half_day_of(clock: time | datetime) -> HalfDay:
    """Return the part of the day; noon begins the afternoon, six o'clock the evening."""
    if clock.hour < NOON:
        return HalfDay.MORNING
    return HalfDay.AFTERNOON if clock.hour < EVENING else HalfDay.EVENING


def said(clock: time | datetime) -> str:
    """Return a time by the clock on the wall, with its part of the day; the hour after twelve is 中午."""
    hour = clock.hour - NOON if clock.hour > NOON else clock.hour
    part = "中午" if clock.hour == NOON else half_day_of(clock).label
    return f"{part} {hour}:{clock.minute:02}"


def said_span(starts: time | datetime, ends: time | datetime) -> str:
    """Return from when to when: 上午 9:30 到 11:00; the part of the day is said again only where it changes."""
    start, end = said(starts), said(ends)
    part, _, clock = end.partition(" ")
    return f"{start} 到 {clock if start.startswith(part) else end}"
