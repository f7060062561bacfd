"""How text becomes the words of the search index, and a query the words that are looked up in it.

Chinese is written without spaces, so a database takes a whole sentence for one word. Here every run of Han
characters becomes its single characters and all pairs of neighbours: whatever two characters or more a
reader types, its pairs are in the index, with no dictionary to be wrong about names or new words. Only
letters, digits and Han characters come out, so no sign a reader types can mean anything to a database.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pypinyin import lazy_pinyin

QUERY_LENGTH = 100
# PostgreSQL refuses words of 2 KB. The cut is the same for the index and the query.
WORD_LENGTH = 60
# Readers write the pinyin of a few characters in one go (saoyisao), hardly ever of more than six.
SYLLABLES = 6

# The characters both databases' parsers take for letters.
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002b81d"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:-[^\W_{_HAN}]+)*")
_PART = re.compile(r"\d+|[^\W\d_]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−_"), "-")


def normalise(text: str) -> str:
    """Return ``text`` half-width, in lower case, with one kind of dash and without invisible characters."""
    text = "".join(_visible(text))
    return unicodedata.normalize("NFKC", text).translate(_DASHES).lower()


def cut(query: str) -> str:
    """Return what of a query is looked up: trimmed, at most 100 characters."""
    return query.strip()[:QUERY_LENGTH].strip()


def index_words(text: str) -> list[str]:
    """Return the words ``text`` can be found by, as often as they occur.

    微信支付 gives 微信 信支 支付 and 微 信 支 付; ``SCAN-2`` gives ``scan2 scan 2``.
    """
    words = []
    for run in _runs(text):
        words += _pairs(run) + list(run) if _HAN_RUN.match(run) else _code_words(run)
    return words


def query_words(query: str) -> list[str]:
    """Return the words a query asks for, each once, in its order; only its first 100 characters count.

    For every piece of an indexed text that holds two Han characters or more, all of these are among
    `index_words` of that text. Empty when the query holds no letter, digit or Han character.
    """
    words = []
    for run in _runs(cut(query)):
        if not _HAN_RUN.match(run):
            words.append(_whole(run))
        else:
            words += _pairs(run) or [run]
    return list(dict.fromkeys(words))


def pinyin_words(title: str) -> list[str]:
    """Return what a title can be found by when its characters are not typed: 微信 gives weixin wei xin wx.

    Holds the joined pinyin and the initials of every piece of up to six characters, and of the whole run.
    """
    words: dict[str, None] = {}
    for run in _HAN_RUN.findall(normalise(title)):
        for syllables in _pieces(lazy_pinyin(run, errors="ignore")):
            words["".join(syllables)[:WORD_LENGTH]] = None
            if len(syllables) > 1:
                words["".join(syllable[0] for syllable in syllables)[:WORD_LENGTH]] = None
    return list(words)


def sound_words(query: str) -> list[str]:
    """Return words of `pinyin_words` that a title with the same sound has: 威信 gives weixin.

    Letters and digits stay as they are; a single Han character has too many namesakes and is left out.
    """
    words = []
    for run in _runs(cut(query)):
        if not _HAN_RUN.match(run):
            words.append(_whole(run))
        else:
            words += [a + b for a, b in pairwise(lazy_pinyin(run, errors="ignore"))]
    return list(dict.fromkeys(words))


def _visible(text: str) -> Iterator[str]:
    for character in text:
        if character.isspace():
            yield " "
        elif unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn", "Co"}:
            yield character


def _runs(text: str) -> list[str]:
    return _RUN.findall(normalise(text))


def _pairs(run: str) -> list[str]:
    return [a + b for a, b in pairwise(run)]


def _whole(run: str) -> str:
    return run.replace("-", "")[:WORD_LENGTH]


def _code_words(run: str) -> list[str]:
    """`SCAN-2` is asked for as scan-2, scan2, scan 2 or scan."""
    parts = [part[:WORD_LENGTH] for part in run.split("-")]
    pieces = [piece[:WORD_LENGTH] for piece in _PART.findall(run)]
    return list(dict.fromkeys([_whole(run), *parts, *pieces]))


def _pieces(syllables: list[str]) -> Iterator[list[str]]:
    for start in range(len(syllables)):
        for size in range(1, SYLLABLES + 1):
            if start + size <= len(syllables):
                yield syllables[start : start + size]
    if len(syllables) > SYLLABLES:
        yield syllables
