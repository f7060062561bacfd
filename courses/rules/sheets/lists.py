"""Several names in one cell: 王芳、李明, MED-1；MED-2, one below the other."""

import re
from collections.abc import Callable

from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.unclear import Unclear

# More was pasted into the wrong cell.
MOST_NAMES = 30
# A name may have such signs in itself: 二维码是什么：我扫你，你扫我.
LONGEST_RUN = 4
_DIVIDER = re.compile(r"[、,，;；/／|\n]+")
_BLANK = re.compile(r"\s+")
_NOTHING = {"", "无", "没有", "暂无", "待定", "未定", "-"}


def read_names(value: CellValue, *, is_known: Callable[[str], bool]) -> list[str] | Unclear:
    """Return the names in a cell, as they are written; none for 无 and 待定.

    What is known is kept whole, whatever signs it has; what is not known ends at the next divider.
    """
    written = text_of(value)
    if plain(written) in _NOTHING:
        return []
    names: list[str] = []
    for name in _cut(written, _DIVIDER, is_known):
        apart = [] if is_known(name) else _cut(name, _BLANK, is_known)
        names.extend(apart if apart and all(map(is_known, apart)) else [name])
    if len(names) > MOST_NAMES:
        return Unclear(f"写了 {len(names)} 个，太多了", f"最多写 {MOST_NAMES} 个，看看是不是贴错了格子")
    return list(dict.fromkeys(names))


def _cut(words: str, divider: re.Pattern[str], is_known: Callable[[str], bool]) -> list[str]:
    """Return the parts between dividers, those joined that together are a known name."""
    spans = _spans(words, divider)
    names, place = [], 0
    while place < len(spans):
        first = spans[place][0]
        runs = [(words[first:last], count) for count, (_, last) in enumerate(spans[place:][:LONGEST_RUN], 1)]
        name, count = next((run for run in reversed(runs) if is_known(run[0])), runs[0])
        names.append(name)
        place += count
    return names


def _spans(words: str, divider: re.Pattern[str]) -> list[tuple[int, int]]:
    cuts = [(hit.start(), hit.end()) for hit in divider.finditer(words)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(words)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if words[start:end].strip()]
