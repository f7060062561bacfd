"""How near two places are, as somebody who walks or takes one bus would say."""

from enum import IntEnum
from typing import NamedTuple

from courses.rules.neighbours import neighbours


class Near(IntEnum):
    """The nearest first."""

    SAME_PLACE = 0
    SAME_STREET = 1
    SAME_DISTRICT = 2
    NEXT_DOOR = 3
    ONLINE = 4
    FAR = 5

    @property
    def words(self) -> str:
        """Return it as a clerk reads it out; "" where there is nothing to say."""
        return {
            Near.SAME_PLACE: "同一个地方",
            Near.SAME_STREET: "同一个街镇",
            Near.SAME_DISTRICT: "同一个区",
            Near.NEXT_DOOR: "隔壁的区",
            Near.ONLINE: "在家里上",
            Near.FAR: "比较远",
        }[self]


class Spot(NamedTuple):
    """A place by its id, its street's id and its district's code."""

    place: int
    street: int
    district: str


def near(one: Spot | None, other: Spot | None) -> Near:
    """Return how near ``other`` is to ``one``; None is on line."""
    if other is None:
        return Near.ONLINE
    if one is None:
        return Near.FAR
    if one.place == other.place:
        return Near.SAME_PLACE
    if one.street == other.street:
        return Near.SAME_STREET
    if one.district == other.district:
        return Near.SAME_DISTRICT
    return Near.NEXT_DOOR if other.district in neighbours(one.district) else Near.FAR
