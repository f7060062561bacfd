"""Telephone numbers as people write them, and the one way they are kept."""

import re
import unicodedata

# Between digits: blanks of all widths, dashes, dots, brackets; Excel's apostrophe before, its ".0" behind.
_BETWEEN = re.compile(r"[\s\-‐-―−－.·()（）'’＇]")
# Inside a city two digits or three (010, 021), elsewhere four (0512), then seven or eight of one's own.
LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
MOBILE = re.compile(r"1[3-9]\d{9}")
HOTLINE = re.compile(r"9[56]\d{3,6}|12\d{3}|400\d{7}")
# Shanghai's numbers have eight digits; without 021 they are dialled inside the city.
LOCAL = re.compile(r"[2-8]\d{7}")
_WITH_COUNTRY = re.compile(rf"(?:\+|00)?86(?P<rest>0?{MOBILE.pattern}|{LANDLINE.pattern})")
# Dialled from abroad an area code loses its 0. Without a plus only 10 and 2x are told from other digits.
_FROM_ABROAD = re.compile(
    r"(?:(?:\+|00)86(?P<rest>(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})|86(?P<bare>(?:10|2\d)\d{8}))"
)
_FLOAT = re.compile(r"(\d+)\.0+")
_POWER = re.compile(r"(?P<first>\d)\.?(?P<rest>\d*)E\+?(?P<power>\d+)", re.IGNORECASE)
_CUT = re.compile(r"\d+E\+?\d+", re.IGNORECASE)
_STUCK_TOGETHER = re.compile(rf"(?:{MOBILE.pattern}|{LANDLINE.pattern}){{2,}}")
_SEVERAL = re.compile(r"[/、,;|\\&]|和|或")
_EXTENSION = re.compile(r"\d{7,}(?:转|分机|ext|[x#*])\d{1,6}", re.IGNORECASE)

_ONLY_ONE = "这里有两个号码，只能填一个。请留下最容易找到人的那个。"
_NO_EXTENSION = "分机号记不下。请只填总机，写成 021-12345678。"


def normalised(written: str) -> str:
    """Return the digits of a number however it was written: full width, blanks, dashes, +86, zero-width signs.

    A Shanghai number without its area code gets 021. What is no number comes back much as it was, for
    `phone_refusal` to name what is wrong with it.
    """
    plain = unicodedata.normalize("NFKC", written)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").strip()
    return _completed(_BETWEEN.sub("", _as_excel_meant(plain)))


def _as_excel_meant(plain: str) -> str:
    """Undo what Excel does to long numbers, where no digit was lost: 13800000001.0, 1.3800000001E+10."""
    if whole := _FLOAT.fullmatch(plain):
        return whole[1]
    found = _POWER.fullmatch(plain)
    if found and len(found["rest"]) == int(found["power"]):
        return found["first"] + found["rest"]
    return plain


def _completed(digits: str) -> str:
    """Return a number as it is dialled anywhere in the country: without 86, a landline with its area code."""
    if found := _WITH_COUNTRY.fullmatch(digits):
        digits = found["rest"]
    elif found := _FROM_ABROAD.fullmatch(digits):
        return f"0{found['rest'] or found['bare']}"
    if digits.startswith("0") and MOBILE.fullmatch(digits[1:]):
        # As mobiles of other cities were dialled once.
        return digits[1:]
    return f"021{digits}" if LOCAL.fullmatch(digits) else digits


def phone_refusal(number: str) -> str | None:
    """Return what is wrong with a normalised number, in words, or None when it can be dialled."""
    if MOBILE.fullmatch(number) or LANDLINE.fullmatch(number):
        return None
    if not (number.isascii() and number.isdecimal()):
        return _refusal_of_signs(number)
    if _STUCK_TOGETHER.fullmatch(number):
        return _ONLY_ONE
    if number.startswith("1"):
        return _refusal_by_length("手机号", number) or "手机号是 13 到 19 开头的。您再看看前两个数字。"
    if number.startswith("0"):
        extension = "要是带了分机号，请去掉，只填总机。" if len(number) > 12 else ""
        refusal = _refusal_by_length("座机（连区号）", number)
        return f"{refusal}{extension}" if refusal else "这个区号不对。上海的座机写成 021-12345678。"
    return "这个号码不像电话。手机号 11 个数字，座机写成 021-12345678。"


def _refusal_of_signs(number: str) -> str:
    """Say what else than digits is in it."""
    if _CUT.fullmatch(number):
        return "表格软件（Excel）把号码缩短了，后面的数字没有了。请把那一列设成“文本”，再填一次。"
    if sum(len(re.sub(r"\D", "", part)) >= 7 for part in _SEVERAL.split(number)) > 1:
        return _ONLY_ONE
    if _EXTENSION.search(number):
        return _NO_EXTENSION
    return "电话里只写数字。手机号 11 个数字，座机前面写 021。"


def _refusal_by_length(what: str, number: str) -> str | None:
    """Say by how many digits a number is too long or too short for the 11 it has to have."""
    wrong = len(number) - 11
    if not wrong:
        return None
    words = f"多了 {wrong} 个数字" if wrong > 0 else f"少了 {-wrong} 个数字"
    return f"{what}{words}。您填了 {len(number)} 个，要 11 个。"


def masked(number: str) -> str:
    """Return a number with its middle hidden, ``138****0001``; "" stays "". A short one is hidden whole."""
    if len(number) < 11:
        return "*" * len(number)
    return f"{number[:3]}****{number[-4:]}"
