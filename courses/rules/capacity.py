"""How many learners may come: the least of what the run, the place and the rules of the day allow.

NULL is unlimited, 0 is none. Teachers and helpers are counted apart. Source: design.md §5, Capacity.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.rules.refusal import Refusal


@dataclass(frozen=True)
class Limit:
    """At most ``most`` learners, and why."""

    most: int
    reason: str


@dataclass(frozen=True)
class DatedLimit:
    """A rule's limit with when and where it holds; "" is every mode or kind, None no end."""

    most: int
    reason: str
    starts_on: date | None = None
    ends_on: date | None = None
    mode: str = ""
    venue_kind: str = ""

    def holds(self, *, on: date, modes: frozenset[str], venue_kind: str) -> bool:
        """True on that day, for a session of one of these modes in such a place."""
        begun = self.starts_on is None or self.starts_on <= on
        over = self.ends_on is not None and self.ends_on < on
        fits = (not self.mode or self.mode in modes) and (
            not self.venue_kind or self.venue_kind == venue_kind
        )
        return begun and not over and fits

    def touches(self, first: date, last: date) -> bool:
        """True when it holds on some day of a span, both days included."""
        begun = self.starts_on is None or self.starts_on <= last
        return begun and (self.ends_on is None or self.ends_on >= first)


def effective_limit(limits: Iterable[Limit | None]) -> Limit | None:
    """Return the strictest limit; None when nothing limits."""
    return min((limit for limit in limits if limit is not None), key=lambda limit: limit.most, default=None)


def limits_on(
    rules: Iterable[DatedLimit], *, on: date, modes: frozenset[str], venue_kind: str
) -> list[Limit]:
    """Return what the rules say about a session on that day."""
    holding = (rule for rule in rules if rule.holds(on=on, modes=modes, venue_kind=venue_kind))
    return [Limit(rule.most, rule.reason) for rule in holding]


def place_refusal(limit: Limit | None) -> Refusal | None:
    """Return why no session may be held there at all, or None."""
    if limit is not None and limit.most == 0:
        return Refusal("place-not-allowed", f"这里不能办：{limit.reason}。请换一个场地。", field="venue")
    return None


def capacity_refusal(*, learners: int, limit: Limit | None) -> Refusal | None:
    """Return why so many learners are too many, or None."""
    if limit is None or learners <= limit.most:
        return None
    message = (
        f"{limit.reason}，最多 {limit.most} 位学员，现在是 {learners} 位，多了 {learners - limit.most} 位。"
        "请换大一些的地方，或者分成两班。"
    )
    return Refusal("too-many-learners", message, field="capacity")
