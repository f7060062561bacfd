"""The words themselves: where they stand in a text, and the text with others in their place. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SHORTEST, LONGEST = 2, 40
AROUND = 16
# The name of the widget in front of a line of a drawn screen, with the sign after it.
_LINE = re.compile(r"(?P<head>\s*(?:[#＃].*|[^\s:：|｜]*[\s:：|｜]?))(?P<words>.*)")


@dataclass(frozen=True)
class Hit:
    """One place where the words stand, with a little of what is around them."""

    where: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Renaming:
    """What is looked for and what takes its place."""

    what: str
    into: str

    def in_text(self, text: str) -> str:
        """Return ``text`` with the new words."""
        return self._pattern.sub(lambda found: self.into, text)

    def in_screen(self, text: str) -> str:
        """Return a drawn screen's text with the new words; the names of its widgets stay."""
        return "".join(
            head + self.in_text(words) for head, words in map(_parts, text.splitlines(keepends=True))
        )

    def apply(self, text: str, *, is_screen: bool) -> str:
        """Return any text with the new words."""
        return self.in_screen(text) if is_screen else self.in_text(text)

    def hits(self, text: str, where: str, *, is_screen: bool) -> Iterator[Hit]:
        """Yield the places in ``text``, named ``where``."""
        lines = map(_parts, text.splitlines()) if is_screen else [("", text)]
        for head, words in lines:
            line = head + words
            for found in self._pattern.finditer(words):
                if found.group() != self.what:
                    continue
                start, end = len(head) + found.start(), len(head) + found.end()
                yield Hit(where, _before(line[:start]), line[start:end], _after(line[end:]))

    @property
    def _pattern(self) -> re.Pattern:
        """Match the words; where the new ones contain them (扫一扫 → 微信扫一扫), a new one is taken whole."""
        both = [self.into, self.what] if self.what in self.into else [self.what]
        return re.compile("|".join(map(re.escape, both)))


def renaming_refusals(what: str, into: str) -> dict[str, str]:
    """Return, by field, why these words cannot be replaced by those; empty when they can."""
    refusals = {}
    if len(what) < SHORTEST:
        refusals["what"] = f"至少写 {SHORTEST} 个字，不然到处都是。"
    if not into:
        refusals["into"] = "换成什么，也要写。"
    if what and what == into:
        refusals["into"] = "两边一样，不用换。"
    return refusals


def _before(text: str) -> str:
    """Return the end of what stands in front; a cut is shown."""
    return text if len(text) <= AROUND else f"…{text[-AROUND:]}"


def _after(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND]}…"


def _parts(line: str) -> tuple[str, str]:
    match = _LINE.match(line)
    return match["head"], line[match.end("head") :]
