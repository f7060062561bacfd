"""What changed between two versions of a page or a shared step, in sentences a reviewer can read out.

A step is known by its block's id; one that lost it, because it came in a content package, by its words.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Item:
    """A block of a stream: its id, what a reader calls it (第 3 步), its chief words, and its parts by name."""

    id: str
    name: str
    title: str
    parts: dict[str, str] = field(default_factory=dict)


def stream_changes(before: list[Item], after: list[Item]) -> list[str]:
    """Return what happened to the items, in the order in which one reads the new version."""
    pairs = dict(_pairs(before, after))
    moved = _moved([pairs[place] for place in sorted(pairs)])
    told = []
    for place, item in enumerate(after):
        if place not in pairs:
            told.append(f"新加{item.name}：{quoted(item.title)}")
            continue
        old = before[pairs[place]]
        if pairs[place] in moved:
            told.append(f"原来的{old.name}挪到了{item.name}：{quoted(item.title)}")
        told += part_changes(old.parts, item.parts, where=f"{item.name}，")
    gone = set(range(len(before))) - set(pairs.values())
    return told + [
        f"去掉了原来的{before[place].name}：{quoted(before[place].title)}" for place in sorted(gone)
    ]


def part_changes(before: dict[str, str], after: dict[str, str], *, where: str = "") -> list[str]:
    """Return a sentence for every part that says something else than before."""
    names = [*before, *(name for name in after if name not in before)]
    return [
        f"{where}{name}：{difference(before.get(name, ''), after.get(name, ''))}"
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def difference(before: str, after: str) -> str:
    """Return how words changed: 原来“…”，现在“…”; of many lines only those that changed."""
    if not before:
        return f"加上了{quoted(after)}"
    if not after:
        return f"去掉了{quoted(before)}"
    if "\n" in before or "\n" in after:
        return "；".join(_line_changes(before.splitlines(), after.splitlines())) or "换行变了"
    return f"原来{quoted(before)}，现在{quoted(after)}"


def quoted(words: str) -> str:
    """Return words in quotation marks, those inside them as single ones; a longer text in one line."""
    return f"“{' / '.join(words.splitlines()).translate(INNER)}”"


def _line_changes(before: list[str], after: list[str]) -> Iterator[str]:
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = quoted("\n".join(before[a:b])), quoted("\n".join(after[c:d]))
        if kind == "replace":
            yield f"{_lines(a, b)}原来{was}，现在{now}"
        elif kind == "delete":
            yield f"去掉了原来的{_lines(a, b)}{was}"
        elif kind == "insert":
            yield f"加上了{_lines(c, d)}{now}"


def _lines(start: int, end: int) -> str:
    return f"第 {start + 1} 行" if end - start == 1 else f"第 {start + 1} 到 {end} 行"


def _pairs(before: list[Item], after: list[Item]) -> Iterator[tuple[int, int]]:
    """Yield (place after, place before) of what is the same item: by id, else by all its words, else by its title."""
    free = dict(enumerate(before))
    left = list(enumerate(after))
    for key in (lambda item: item.id, lambda item: (item.title, item.parts), lambda item: item.title):
        for place, item in list(left):
            old = next((at for at, one in free.items() if key(one) == key(item) and key(item)), None)
            if old is not None:
                del free[old]
                left.remove((place, item))
                yield place, old


def _moved(places: list[int]) -> set[int]:
    """Return the fewest places that must have been moved for the others to be in order still."""
    best: list[list[int]] = [[]]
    for place in places:
        best.append([*_longest([run for run in best if not run or run[-1] < place]), place])
    return set(places) - set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run))
