"""Who may be meant by what people call themselves in a meeting: 静安-张三, 张三 13812345678, 张三的iPhone."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from courses.rules.names import name_key

# More is no nickname; each sign of it would be looked at.
LONGEST = 100
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGITS = re.compile(r"[\d*#]+")
# Not the dot between the parts of a name (阿卜杜·热合曼).
_BETWEEN = re.compile(r"[\s\-_‐-―−|/\\,，、.。:：;；+~()（）【】\[\]@&]+")
_DEVICE = re.compile(r"的?(?:iphone|ipad|手机|电脑|平板|华为|小米|荣耀|oppo|vivo).*$", re.IGNORECASE)
TAIL = 4


@dataclass(frozen=True)
class Nickname:
    """What a nickname may say: names as they are compared, whole mobile numbers, last four digits."""

    names: frozenset[str]
    phones: frozenset[str]
    tails: frozenset[str]


def read_nickname(written: str) -> Nickname:
    """Return everything a nickname may say of who somebody is."""
    plain = unicodedata.normalize("NFKC", written)[:LONGEST]
    phones = _PHONE.findall(plain)
    rest = _PHONE.sub(" ", plain)
    words = _DIGITS.sub(" ", rest)
    pieces = [words, *_BETWEEN.split(words)]
    keys = {name_key(each) for piece in pieces for each in (piece, _DEVICE.sub("", piece))}
    tails = {phone[-TAIL:] for phone in phones} | set(_FOUR.findall(rest))
    return Nickname(frozenset(keys - {""}), frozenset(phones), frozenset(tails))


@dataclass(frozen=True)
class Somebody:
    """Who may be meant: an id, the name as it is compared, what number and its tail are found by ("" for none)."""

    pk: int
    name: str
    phone: str
    tail: str


def who_is(
    names: Collection[str], *, phones: Collection[str], tails: Collection[str], among: Iterable[Somebody]
) -> Somebody | None:
    """Return the only one who is meant; None where nobody is, where several may be, and where name and number differ.

    ``phones`` and ``tails`` are in the form people are found by.
    """
    everybody = list(among)
    named = [each for each in everybody if each.name in names]
    with_number = [each for each in everybody if each.phone and each.phone in phones]
    numbered = with_number or [each for each in everybody if each.tail and each.tail in tails]
    both = [each for each in named if each in numbered] if named and numbered else named or numbered
    return both[0] if len(both) == 1 else None
