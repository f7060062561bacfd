"""People's names as they are written in lists, and what two spellings of one name have in common."""

import re
import unicodedata

LONGEST = 40
_NOTE = re.compile(r"[(（【\[].*?(?:[)）】\]]|$)")
_BLANK = re.compile(r"\s+")
# Also the rare ones of planes 2 and 3, 〇 and 々. Letters of other scripts keep their blanks: "Mary Smith".
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}·])\\s+(?=[{_HAN}·])")
# Nothing normalises, parts or hides these.
_TIDY_ALREADY = re.compile("[\u4e00-\u9fff]+")
_A_HAN = re.compile(f"[{_HAN}]")
# The dots between the parts of a name (阿卜杜·热合曼) as different keyboards write them.
_DOTS = str.maketrans(dict.fromkeys("•‧∙・⋅᛫", "·"))
# Letters by their category, and yet nothing to see: Hangul's fillers, Braille's blank.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SEVERAL = re.compile(r"[、,/;|\\]")
_LIKE_A_PHONE = re.compile(r"(?:\d[\s-]?){7}")


def tidy(written: str) -> str:
    """Return a name without blanks that only line up a column, without signs nobody sees: ``王　芳`` is 王芳."""
    if _TIDY_ALREADY.fullmatch(written):
        # Nine names of ten, asked a dozen times on the way into a class.
        return written
    plain = unicodedata.normalize("NFKC", written).translate(_DOTS)
    plain = "".join(" " if sign.isspace() else sign for sign in plain if sign.isspace() or _is_seen(sign))
    return _BETWEEN_HAN.sub("", _BLANK.sub(" ", plain)).strip()


def _is_seen(sign: str) -> bool:
    """True for what stays in a name. Rare characters of the population register are often private or too new."""
    if sign in _UNSEEN:
        return False
    return sign.isprintable() or unicodedata.category(sign) == "Co" or bool(_A_HAN.fullmatch(sign))


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign) == "Co" or bool(_A_HAN.fullmatch(sign))


def name_key(written: str) -> str:
    """Return what identifies a person's name: tidy, without notes in brackets, in one case."""
    return tidy(without_notes(written).casefold())


def without_notes(written: str) -> str:
    """Return a tidy name without what stands in brackets: 张三（班长） is 张三."""
    return tidy(_NOTE.sub("", tidy(written)))


def name_refusal(name: str) -> str | None:
    """Return why a tidy name cannot be taken, or None."""
    bare = without_notes(name)
    if not bare:
        return "请填姓名。"
    if max(len(name), len(name_key(name))) > LONGEST:
        return f"姓名太长了，最多 {LONGEST} 个字。"
    if _LIKE_A_PHONE.search(name):
        return "姓名里有一长串数字。电话请填在“电话”那一格。"
    if not any(_is_letter(sign) for sign in bare):
        has_digits = any(sign.isdigit() for sign in bare)
        return "这里要填姓名，您填的是数字。" if has_digits else "这里要填姓名，您填的是符号。"
    if _SEVERAL.search(bare):
        return "这里一次只填一个人的姓名。"
    return None
