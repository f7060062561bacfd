"""一次课拆成两次: what makes two sessions look like one that was put down twice (design.md §5, R10).

It only points at them: whoever looks decides. One class across noon is one session and nothing to point at.
"""

from collections.abc import Set
from datetime import datetime, timedelta

MOST_BETWEEN = timedelta(minutes=30)
SAME_PERCENT = 80


def is_right_after(*, ends_at: datetime, starts_at: datetime) -> bool:
    """True when what starts at ``starts_at`` follows what ends at ``ends_at`` at once, or within half an hour."""
    return timedelta(0) <= starts_at - ends_at <= MOST_BETWEEN


def same_percent(first: Set[int], second: Set[int]) -> int:
    """Return how many of the larger set of people are in both, in whole hundredths rounded down; 0 for nobody."""
    most = max(len(first), len(second))
    return len(first & second) * 100 // most if most else 0


def are_mostly_same(first: Set[int], second: Set[int]) -> bool:
    """True when at least four in five of the larger set of people are in both."""
    return same_percent(first, second) >= SAME_PERCENT
