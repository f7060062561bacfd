"""How wide words come out. A drawing has no font of its own, so widths are estimated, generously."""

import unicodedata

NARROW = set("iljftrI.,:;!|'`()[]{} \"")
BROAD = set("mwMW@%&")
NOT_FIRST = set("，。！？；：、）》”’…%℃,.!?;:) -")
NOT_LAST = set("（《“‘¥￥(")


def ems(text: str) -> float:
    """The width of a text in em: a Chinese character is 1, Latin about 0.57."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if character in NARROW:
        return 0.36
    if character in BROAD:
        return 0.95
    if unicodedata.east_asian_width(character) in "WFA" or ord(character) > 0x2FF:
        return 1.0
    return 0.66 if character.isupper() else 0.58


def width(text: str, size: float = 18) -> float:
    """The width of a text in drawing units."""
    return ems(text) * size


def wrap(text: str, limit: float) -> list[str]:
    """Break a text into lines of at most `limit` em; no closing mark begins one, no opening one ends one."""
    lines = [""]
    for token in _tokens(text):
        if lines[-1] and ems(lines[-1] + token.rstrip()) > limit:
            lines.append(_carry_over(lines))
        lines[-1] += token
        while ems(lines[-1].rstrip()) > limit and len(lines[-1]) > 1:
            lines[-1:] = _cut(lines[-1], limit)
    return [line.strip() for line in lines if line.strip()]


def wrap_evenly(text: str, limit: float) -> list[str]:
    """Like `wrap`, but with lines of about the same length, so that no single character is left over."""
    lines = wrap(text, limit)
    while limit > 4 and len(closer := wrap(text, limit - 0.5)) == len(lines):
        lines, limit = closer, limit - 0.5
    return lines


def _tokens(text: str) -> list[str]:
    """Pieces that stay together: a Latin word or number, a character with the marks that cling to it."""
    pieces: list[str] = []
    for character in text:
        if pieces and (character in NOT_FIRST or (_latin(character) and _latin(pieces[-1][-1]))):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "-")


def _carry_over(lines: list[str]) -> str:
    """Opening marks at the end of the last line move on to the next one."""
    kept = lines[-1].rstrip("".join(NOT_LAST))
    if not kept:
        return ""
    carried, lines[-1] = lines[-1][len(kept) :], kept
    return carried


def _cut(token: str, limit: float) -> tuple[str, str]:
    """Cut a piece that is wider than a whole line."""
    end = len(token) - 1
    while end > 1 and ems(token[:end]) > limit:
        end -= 1
    return token[:end], token[end:]
