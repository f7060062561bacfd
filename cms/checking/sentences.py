"""Cutting words into sentences and clauses, and measuring them."""

import re

_SENTENCE_END = re.compile(r"[。！？!?；;…\n]+")
_UNITS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]+|\d+(?:[.:\-]\d+)*")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」")
# Shorter than this it is a number or a sign, not a sentence.
LEAST = 4


def sentences(words: str, *, least: int = LEAST) -> list[str]:
    """Return the sentences in ``words`` of at least so many characters, without their full stops."""
    return [part.strip() for part in _SENTENCE_END.split(words) if size(part) >= least]


def size(words: str) -> int:
    """Return how many characters a reader reads: a number or a Latin word counts as one."""
    return len(_UNITS.findall(words))


def without_quotes(words: str) -> str:
    """Return ``words`` with what stands on the screen, in “ ”, emptied: an app's words are not ours."""
    return _QUOTED.sub("“”", words)
