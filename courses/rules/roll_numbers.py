"""Numbers typed off a signed sheet or off number cards: ``1 2 3 5-9 12 4迟 6退40``, as any keyboard writes them.

What parts two numbers may be a blank, a comma, a full stop, a plus or a slash, so that the number pad alone will do.
Behind a number stands what else the sheet says: 迟 (c) came late, 退40 (t40) left after 40 minutes, 缺 (q) did not
come, 假 (j) asked off.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.enums import AttendanceState

# The longest line that is read, in signs: a class of two hundred typed one by one fits in.
LONGEST = 1500
SUFFIXES = {
    AttendanceState.PRESENT: ("",),
    AttendanceState.LATE: ("迟到", "迟", "c"),
    AttendanceState.LEFT_EARLY: ("早退", "退", "t"),
    AttendanceState.ABSENT: ("缺席", "没来", "缺", "q"),
    AttendanceState.EXCUSED: ("请假", "假", "j"),
}
_STATES = {word: state for state, words in SUFFIXES.items() for word in words}
_WORDS = "|".join(sorted((word for word in _STATES if word), key=len, reverse=True))
_DASH = "-‐‑‒–—−~∼到至"
_AROUND_A_DASH = re.compile(rf"(?<=[0-9号])\s*[{_DASH}]+\s*(?=[0-9])")
_BEFORE_A_WORD = re.compile(rf"(?<=[0-9号])\s+(?={_WORDS})")
_BETWEEN = re.compile(r"[\s,、;。.+/|]+")
_ITEM = re.compile(rf"([0-9]{{1,3}})号?(?:-([0-9]{{1,3}})号?)?({_WORDS}|)(?:([0-9]{{1,3}})(?:分钟?)?)?")


@dataclass(frozen=True)
class Typed:
    """What was typed of one number. ``is_in_range``: it stands between two numbers and was not typed itself."""

    number: int
    state: str
    minutes: int | None = None
    is_in_range: bool = False

    @property
    def words(self) -> str:
        """What it says, to be read aloud: 早退，在了 40 分钟."""
        label = AttendanceState(self.state).label
        return label if self.minutes is None else f"{label}，在了 {self.minutes} 分钟"


@dataclass
class Line:
    """A typed line: each number once, in order, and what cannot be understood, one sentence each."""

    typed: list[Typed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_numbers(written: str) -> Line:
    """Return what a typed line says; it never raises, whatever was typed."""
    line = Line()
    if len(written) > LONGEST:
        line.problems.append(f"写得太长了，最多 {LONGEST} 个字。请分几次写。")
        return line
    found = defaultdict(list)
    for word in filter(None, _BETWEEN.split(_plain(written))):
        read = _read(word)
        if isinstance(read, str):
            line.problems.append(read)
            continue
        for each in read:
            found[each.number].append(each)
    for number in sorted(found):
        said = _said_last(found[number])
        line.typed.append(said[0])
        if len(said) > 1:
            words = "、".join(each.words for each in said)
            line.problems.append(f"{number} 号写了两次，不一样：{words}。请只留一个。")
    return line


def _plain(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).lower()
    return _BEFORE_A_WORD.sub("", _AROUND_A_DASH.sub("-", plain))


def _read(word: str) -> list[Typed] | str:
    """Return what a word says of each number in it, or why it says nothing."""
    shown = word if len(word) <= 20 else f"{word[:20]}…"
    item = _ITEM.fullmatch(word)
    if item is None:
        return f"“{shown}”看不懂。写号码，用空格或逗号隔开，比如 1 2 5-9 4迟 6退40。"
    first, last, suffix, minutes = item.groups()
    state = _STATES[suffix]
    if last and int(last) < int(first):
        return f"“{shown}”前面的大，后面的小。从几号到几号，小的写前面。"
    if state == AttendanceState.LEFT_EARLY and minutes is None:
        return f"“{shown}”少了分钟。早退的，后面写在了几分钟，比如 6退40。"
    if state != AttendanceState.LEFT_EARLY and minutes is not None:
        return f"“{shown}”看不懂。只有早退后面写分钟；两个号码之间空一格。"
    numbers = range(int(first), int(last or first) + 1)
    return [Typed(each, state, int(minutes) if minutes else None, is_in_range=bool(last)) for each in numbers]


def _said_last(said: Sequence[Typed]) -> list[Typed]:
    """Return the different things said of one number; a bare range gives way: ``1-20 4迟`` is what one means."""
    bare = [each for each in said if each.is_in_range and each.state == AttendanceState.PRESENT]
    closer = [each for each in said if each not in bare]
    return list({(each.state, each.minutes): each for each in closer or bare}.values())
