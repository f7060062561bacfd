"""报名名单: what a clerk should notice when looking at who is in a class. Computed when shown, stored nowhere."""

from collections.abc import Iterable
from typing import NamedTuple

from courses.rules.learners import is_senior


class OnRoster(NamedTuple):
    """What of somebody in a class is compared with the others; keys are what names and numbers are found by."""

    pk: int
    name_key: str
    phone_key: str
    birth_year: int | None
    says_senior: bool
    is_identity_confirmed: bool


def notes_on(people: Iterable[OnRoster], *, year: int) -> dict[int, list[str]]:
    """Return, by ``pk``, what there is to notice about each; nothing for most."""
    every = list(people)
    numbers_of: dict[str, set[str]] = {}
    names_of: dict[str, set[str]] = {}
    for each in every:
        numbers_of.setdefault(each.name_key, set()).add(each.phone_key or f"none {each.pk}")
        names_of.setdefault(each.phone_key, set()).add(each.name_key)
    return {each.pk: _notes(each, numbers_of, names_of, year) for each in every}


def _notes(
    one: OnRoster, numbers_of: dict[str, set[str]], names_of: dict[str, set[str]], year: int
) -> list[str]:
    senior = is_senior(birth_year=one.birth_year, says_senior=one.says_senior, year=year)
    said = {
        "同名": len(numbers_of[one.name_key]) > 1,
        "一家人": bool(one.phone_key) and len(names_of[one.phone_key]) > 1,
        "没有手机，还没认过人": not one.phone_key and not one.is_identity_confirmed,
        "未满 60": not senior and one.birth_year is not None,
        "不知道满没满 60": not senior and one.birth_year is None,
    }
    return [words for words, is_so in said.items() if is_so]
