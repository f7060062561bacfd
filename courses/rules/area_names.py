"""What people write for a district, a street or a town, and which names it can stand for. Text only, no table."""

import unicodedata
from collections import Counter
from typing import TypeVar

from courses.enums import AreaKind

Place = TypeVar("Place")
CITY = ("上海市市辖区", "上海市", "上海")
# The ends that people leave out, and what may still be taken off a street's name after that.
_ENDS = {
    AreaKind.CITY: ("市",),
    AreaKind.DISTRICT: ("新区", "区"),
    AreaKind.SUBDISTRICT: ("街道",),
    AreaKind.TOWN: ("镇",),
    AreaKind.TOWNSHIP: ("乡",),
}
_INNER_ENDS = ("新村", "路", "镇")
# 唐镇 is not called 唐.
_SHORTEST = 2
# Half of the characters in common: 田淋 may be 田林.
_NEAR = 0.5
_MOST_NEAREST = 3


def area_key(written: str) -> str:
    """Return what counts of a written name: no blanks, no signs, full-width characters as ordinary ones."""
    plain = unicodedata.normalize("NFKC", written)
    return "".join(sign for sign in plain if sign.isalnum())


def kind_of(name: str) -> AreaKind:
    """Return the level a township's official name ends in; 江湾镇街道 is a street. Raises ValueError."""
    for kind in (AreaKind.SUBDISTRICT, AreaKind.TOWN, AreaKind.TOWNSHIP):
        if name.endswith(_ENDS[kind]):
            return kind
    raise ValueError(f"no level in the name {name!r}")


def short_forms(name: str, kind: str) -> set[str]:
    """Return what an official name is also written as: 仙霞新村街道 as 仙霞新村, 仙霞, 仙霞街道."""
    ends = _ENDS.get(AreaKind(kind), ())
    forms = set(_without_end(name, ends))
    if kind == AreaKind.SUBDISTRICT:
        inner = {shorter for form in forms for shorter in _without_end(form, _INNER_ENDS)}
        forms |= inner | {f"{shorter}街道" for shorter in inner}
    return forms


def _without_end(name: str, ends: tuple[str, ...]) -> list[str]:
    stems = [name.removesuffix(end) for end in ends if name.endswith(end)]
    return [stem for stem in stems if len(stem) >= _SHORTEST]


def without_city(key: str) -> str:
    """Return the key without the city before it; the city's own name stays."""
    before = "" if key in CITY else next((city for city in CITY if key.startswith(city)), "")
    return key.removeprefix(before)


def nearness(one: str, other: str) -> float:
    """Return how much of two names is the same: 1.0 for the same characters, 0.0 for none."""
    if set(one).isdisjoint(other):
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


def nearest(key: str, shorts: dict[Place, str]) -> list[Place]:
    """Return the few places that may have been meant, the nearest first; ``shorts`` gives each its short name."""
    bare = min(_without_end(key, ("街道", "镇", "乡")), key=len, default=key)
    close = [(nearness(bare, short), place) for place, short in shorts.items()]
    wanted = [(near, place) for near, place in close if near >= _NEAR]
    return [place for near, place in sorted(wanted, key=lambda pair: -pair[0])][:_MOST_NEAREST]


def ambiguous_words(written: str, full_names: list[str]) -> str:
    """Say that a name stands for several, and which."""
    how_many = "两" if len(full_names) == 2 else str(len(full_names))
    return f"“{written}”有{how_many}个：{'、'.join(full_names)}。请写全。"


def elsewhere_words(written: str, district: str, full_names: list[str]) -> str:
    """Say that what was written lies in another district."""
    return f"“{written}”不在{district}。您写的可能是：{'、'.join(full_names)}。"


def unknown_words(written: str, full_names: list[str]) -> str:
    """Say that nothing is called so, and what comes near."""
    if not written:
        return "请写街镇，比如：田林街道。"
    if not full_names:
        return f"没有叫“{written}”的街镇。请写全称，比如：徐汇区田林街道。"
    return f"没有叫“{written}”的街镇。您写的可能是：{'、'.join(full_names)}。"
