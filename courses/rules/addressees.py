"""Whom one tells something about an enrolment, and by which telephone."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.enums import FilledBy
from courses.rules.phones import MOBILE, masked


@dataclass(frozen=True)
class Addressee:
    """Somebody who can be told; ``is_other``: not the learner. Without any number ``number`` is ""."""

    name: str
    number: str
    is_other: bool = False

    @property
    def has_mobile(self) -> bool:
        """A short message reaches it."""
        return bool(MOBILE.fullmatch(self.number))

    @property
    def masked_number(self) -> str:
        return masked(self.number)


def in_order(
    learner: Addressee, contact: Addressee, others: Iterable[Addressee] = (), *, filled_by: str
) -> list[Addressee]:
    """Return who can be told, the first first; those without a number are left out.

    Who filled in the form for somebody else is told: they know of it, and often it is they who have the telephone.
    """
    first, second = (contact, learner) if filled_by == FilledBy.HELPER else (learner, contact)
    return [each for each in (first, second, *others) if each.number]


def to_write_to(people: Iterable[Addressee]) -> Addressee | None:
    """Return the first whom a short message reaches."""
    return next((each for each in people if each.has_mobile), None)


def to_ring_up(people: Iterable[Addressee]) -> Addressee | None:
    """Return the first who can be rung up."""
    return next(iter(people), None)
