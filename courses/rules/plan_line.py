"""The plan's line: a milestone a point, straight between two of them."""

from collections.abc import Sequence
from datetime import date

Points = Sequence[tuple[date, int]]


def planned(points: Points, on: date) -> int | None:
    """Return how many 人次 the plan wants by the end of a day; None before its first point, and without points.

    After the last point it asks for no more than that. ``points`` are in the order of their days.
    """
    before = [point for point in points if point[0] <= on]
    if not before:
        return None
    (starts, low), after = before[-1], points[len(before) :]
    if not after:
        return low
    ends, high = after[0]
    return low + (high - low) * (on - starts).days // (ends - starts).days
