"""People's names as they are written in lists, and what two spellings of one name have in common."""

import re
import unicodedata

LONGEST = 40
_NOTE = re.compile(r"[（(【\[].*?[)）】\]]")
_BLANK = re.compile(r"\s+")
# Letters of other scripts keep their blanks: "Mary Smith".
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")


def tidy(written: str) -> str:
    """Return a name without blanks that only line up a column, without signs nobody sees: ``王　芳`` is 王芳."""
    plain = unicodedata.normalize("NFKC", written)
    plain = "".join(" " if sign.isspace() else sign for sign in plain if sign.isspace() or sign.isprintable())
    return _BETWEEN_HAN.sub("", _BLANK.sub(" ", plain)).strip()


def name_key(written: str) -> str:
    """Return what identifies a person's name: tidy, without notes in brackets, in one case."""
    return _NOTE.sub("", tidy(written)).strip().casefold()


def name_refusal(name: str) -> str | None:
    """Return why a tidy name cannot be taken, or None."""
    if not name_key(name):
        return "请填姓名。"
    if len(name) > LONGEST:
        return f"姓名太长了，最多 {LONGEST} 个字。"
    if any(sign.isdigit() for sign in name) and not any(sign.isalpha() for sign in name):
        return "这里要填姓名，您填的是数字。"
    return None


def masked_name(name: str) -> str:
    """Return a name as lists for many eyes show it: 王**."""
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}" if name else ""
