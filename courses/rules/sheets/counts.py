"""Numbers with a word behind them: 30人, 8次, 不限."""

import re
from dataclasses import dataclass

from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.unclear import Unclear, quoted

_NUMBER = re.compile(
    r"(?:约|共|大约|计划|最多|不超过|限)?(\d{1,9})(?:\.0+)?"
    r"(?:人|位|名|次|课次|节|个|课时)?(?:左右|以内|封顶)?"
)
_UNLIMITED = re.compile(r"不限(?:人数|制)?|无限制?|没有限制")
_CHINESE = re.compile(r"(?:共)?([一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(?:次|课次|节|人|位|名)")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)} | {"两": 2}


@dataclass(frozen=True)
class Count:
    """So many; None is unlimited."""

    number: int | None


def read_count(value: CellValue, *, most: int, unit: str) -> Count | Unclear:
    """Return how many a cell says, at most ``most``; ``unit`` is the word behind it in what is said back."""
    words, written = plain(value), text_of(value)
    example = f"请只写数字，比如 8{unit}" if unit == "次" else f"请只写数字，比如 30{unit}"
    if not words:
        return Unclear("没写数字", example)
    if _UNLIMITED.fullmatch(words):
        return Count(None)
    number = _number(words)
    if number is None:
        return Unclear(f"{quoted(written)}看不出是多少", example)
    if number > most:
        return Unclear(f"{quoted(written)}太多了，最多 {most} {unit}", "请看看有没有多写一个数字")
    return Count(number)


def _number(words: str) -> int | None:
    if hit := _NUMBER.fullmatch(words):
        return int(hit[1])
    hit = _CHINESE.fullmatch(words)
    if hit is None or not any(hit.groups()) or (hit[1] and hit[3] and not hit[2]):
        return None
    tens, ten, ones = hit.groups()
    if not ten:
        return _DIGITS[tens or ones]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
