"""Finding learners while somebody types, and those who may be the same person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, When

from cms.models import User
from courses.models import Learner
from courses.models.private import keyed_hash
from courses.rules.learners import HOUSEHOLD, can_be_suggested
from courses.rules.names import name_key, tidy
from courses.rules.phones import normalised

MOST = 10


@dataclass(frozen=True)
class Suggestion:
    """A learner as a type-ahead shows them: enough to tell two 王秀英 apart."""

    pk: int
    name: str
    phone: str
    birth_year: int | None
    street: str
    is_household: bool = False

    @classmethod
    def of(cls, learner: Learner, *, phone_key: str = "") -> "Suggestion":
        """``phone_key`` is that of the learner they are compared with."""
        street = learner.area.full_name if learner.area else ""
        shared = bool(phone_key) and learner.phone_key == phone_key
        return cls(learner.pk, learner.name, learner.masked_phone, learner.birth_year, street, shared)

    @property
    def about(self) -> str:
        """What stands behind the name: 138****0001，1950 年生，徐汇区田林街道."""
        born = f"{self.birth_year} 年生" if self.birth_year else ""
        return "，".join(part for part in (self.phone or "没有手机", born, self.street) if part)


def suggest(words: str, *, user: User) -> list[Suggestion]:
    """Return at most ten learners ``user`` sees, by the beginning of the name or the last four digits."""
    words = tidy(words)
    if not can_be_suggested(words):
        return []
    return [Suggestion.of(each) for each in _seen_by(user).found_by(words)[:MOST]]


def near_matches(*, name: str, phone: str, user: User, birth_year: int | None = None) -> list[Suggestion]:
    """Return at most ten learners ``user`` sees who may be meant: of the same name, or under the same number.

    Those born in the given year come first.
    """
    same = Q()
    if key := name_key(name):
        same |= Q(name_key=key)
    if number := normalised(phone):
        same |= Q(phone_key=keyed_hash("phone", number))
    if not same:
        return []
    found = _seen_by(user).filter(same)[: MOST * 3]
    by_year = sorted(found, key=lambda each: birth_year is not None and each.birth_year != birth_year)
    return [Suggestion.of(each) for each in by_year[:MOST]]


def alike(learner: Learner, *, user: User) -> list[Suggestion]:
    """Return whom ``user`` sees of the same number, the household, and about ten others of the same name."""
    key = learner.phone_key
    same = Q(name_key=learner.name_key) | (Q(phone_key=key) if key else Q())
    found = _seen_by(user).filter(same).exclude(pk=learner.pk)
    # The household first: it is at most three, unless a merge was taken back.
    ordered = found.annotate(is_elsewhere=Case(When(phone_key=key, then=0), default=1))
    rows = ordered.order_by("is_elsewhere", "name_key", "pk")[: MOST + HOUSEHOLD]
    return [Suggestion.of(each, phone_key=key) for each in rows]


def _seen_by(user: User) -> Any:
    return Learner.objects.visible_to(user).canonical().select_related("area__parent")
