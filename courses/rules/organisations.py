"""Codes and levels of organisations, and the codes we give to units without an official one."""

import re

from courses.enums import OrganisationKind

LONGEST_CODE = 20
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
# Official codes of townships end in three digits below 900; what we number ourselves begins there.
FIRST_OWN_UNIT = 901


def code_refusal(code: str) -> str | None:
    """Return why a code cannot be taken, in words, or None."""
    if not code:
        return "请填机构代码，比如 XH-TL。"
    if len(code) > LONGEST_CODE:
        return f"机构代码太长了，最多 {LONGEST_CODE} 个字。"
    if not _CODE.fullmatch(code):
        return "机构代码只用大写字母、数字和短横，比如 XH-TL；短横不放在两头。"
    return None


def level_refusal(*, kind: str, above: str) -> str | None:
    """Return why something of this kind cannot be guided by one of kind ``above``, or None."""
    lower, upper = OrganisationKind(kind), OrganisationKind(above)
    if lower.level > upper.level:
        return None
    return f"{lower.label}不能放在{upper.label}下面，只能放在更高一级的下面。"


def kinds_below(kind: str) -> list[OrganisationKind]:
    """Return the kinds that may stand below this one, the nearest first."""
    return [each for each in OrganisationKind if each.level > OrganisationKind(kind).level]


def unit_code(district: str, taken: set[str]) -> str | None:
    """Return the next free code for a township-like unit of a district, None when all 99 are given out.

    Twelve digits like the official ones: the district's six, 901 to 999, three noughts.
    """
    codes = (f"{district[:6]}{number}000" for number in range(FIRST_OWN_UNIT, 1000))
    return next((code for code in codes if code not in taken), None)
