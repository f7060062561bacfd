"""Who counts as which learner, and what must be known to tell two apart (design.md §5, Identity)."""

SENIOR_AGE = 60
OLDEST, YOUNGEST = 120, 14
# A couple shares a telephone; more than four people under one number are a mistake, or an office's number.
HOUSEHOLD = 4
# Below this a type-ahead would show half the list.
SHORTEST_NAME, TAIL = 2, 4


def is_senior(*, birth_year: int | None, says_senior: bool, year: int) -> bool:
    """True for who turns 60 in that year or did before; without a birth year their own word counts."""
    return says_senior if birth_year is None else year - birth_year >= SENIOR_AGE


def birth_year_refusal(birth_year: int, *, year: int) -> str | None:
    """Return why nobody who comes to class in ``year`` was born then, or None."""
    if birth_year < 100:
        return f"出生年份要写 4 个数字，比如 19{birth_year:02}。"
    if birth_year < year - OLDEST:
        return f"出生年份写早了。最早写 {year - OLDEST} 年。"
    if birth_year > year:
        return f"出生年份写晚了，今年是 {year} 年。"
    if birth_year > year - YOUNGEST:
        return f"未满 {YOUNGEST} 岁的孩子，不在这里登记。"
    return None


def identity_refusals(
    *, phone: str, birth_year: int | None, has_area: bool, is_identity_confirmed: bool
) -> dict[str, str]:
    """Return, by field, what is missing to know this person again; empty when a phone or the rest is there."""
    if phone:
        return {}
    refusals = {}
    if birth_year is None:
        refusals["birth_year"] = "没有手机，就要填出生年份，好认人。"
    if not has_area:
        refusals["area"] = "没有手机，就要选住在哪个街镇，好认人。"
    if not is_identity_confirmed:
        refusals["is_identity_confirmed"] = "没有手机，请您认一认本人，再打这个勾。"
    return refusals


def household_refusal(others: int) -> str | None:
    """Return why nobody else can be registered under a number that ``others`` have already, or None."""
    if others < HOUSEHOLD:
        return None
    return f"这个号码下面已经有 {others} 个人了，最多 {HOUSEHOLD} 个。请换一个号码，或者先合并重复的。"


def can_be_suggested(words: str) -> bool:
    """True for the last four digits of a number, or at least two signs of a name."""
    digits = words.isascii() and words.isdecimal()
    return len(words) == TAIL if digits else len(words) >= SHORTEST_NAME
