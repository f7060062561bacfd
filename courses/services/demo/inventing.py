"""Names, numbers and roads that are nobody's, always the same ones."""

from itertools import product
from random import Random

from courses.enums import Sex
from courses.models import Area
from courses.rules.area_names import short_forms

# Surnames of trees, stones and waters: real ones, but a list of nothing else is seen to be invented.
_SURNAMES = "梅柳云花石江米麦桑谷苗水池沙燕兰柏桂芦蒲葛茅安"
_GIVEN = {
    Sex.FEMALE: ("秀桂凤金玉阿美月惠佩", "珍英娣宝芬芳琴妹兰弟"),
    Sex.MALE: ("根阿金德永福国建志长", "生宝发林荣良明康兴祥"),
}
_YOUNG = ("晓思雨嘉文", "敏宁悦然航")

# 1380000xxxx in parts, so that no two kinds of people share a number. What lies below 1000 is left to whoever tries
# something out by hand.
_PHONES = {"learners": 1000, "people": 5000, "organisations": 6000, "contacts": 7000}


def chance(kind: str) -> Random:
    """Return dice that always fall the same way for ``kind``."""
    return Random(f"suishen demo {kind}")  # noqa: S311 - reproducible, not secret


def a_name(dice: Random, sex: str) -> str:
    """Invent an elder's name."""
    first, second = _GIVEN[Sex(sex)]
    return dice.choice(_SURNAMES) + dice.choice(first) + dice.choice(second)


def all_names() -> list[tuple[str, Sex]]:
    """Return every elder's name there can be, each once."""
    made = {
        a + b + c: sex
        for sex, (first, second) in _GIVEN.items()
        for a, b, c in product(_SURNAMES, first, second)
    }
    return list(made.items())


def a_young_name(dice: Random) -> str:
    """Invent the name of somebody's child, of a teacher, of a student who helps."""
    first, second = _YOUNG
    return dice.choice(_SURNAMES) + dice.choice(first) + dice.choice(second)


def a_phone(kind: str, number: int) -> str:
    """Return the telephone number that the ``number``-th of a kind has."""
    return f"1380000{_PHONES[kind] + number:04}"


def called(area: Area) -> str:
    """Return what people call a township: 田林."""
    return min(short_forms(area.name, area.kind) | {area.name}, key=lambda name: (len(name), name))
