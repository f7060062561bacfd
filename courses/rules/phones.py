"""Telephone numbers as people write them, and the one way they are kept."""

import re
import unicodedata

# Between digits: blanks of all widths, dashes, dots, brackets; Excel's apostrophe before, its ".0" behind.
_BETWEEN = re.compile(r"[\s\-‐-―－.·()（）'’＇]")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$|0\d{9,11}$)")
_FLOAT = re.compile(r"^(\d+)\.0$")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{9,11}")
HOTLINE = re.compile(r"9[56]\d{3,6}|12\d{3}|400\d{7}")
# Shanghai's numbers have eight digits; without 021 they are dialled inside the city.
LOCAL = re.compile(r"[2-8]\d{7}")


def normalised(written: str) -> str:
    """Return the digits of a number however it was written: full width, blanks, dashes, +86, zero-width signs.

    A Shanghai number without its area code gets 021. What is no number comes back as the digits that were there.
    """
    plain = unicodedata.normalize("NFKC", written)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").strip()
    if whole := _FLOAT.match(plain):
        plain = whole[1]
    digits = _COUNTRY.sub("", _BETWEEN.sub("", plain))
    return f"021{digits}" if LOCAL.fullmatch(digits) else digits


def phone_refusal(number: str) -> str | None:
    """Return what is wrong with a normalised number, in words, or None when it can be dialled."""
    if MOBILE.fullmatch(number) or LANDLINE.fullmatch(number):
        return None
    if not number.isdecimal() or not number.isascii():
        return "电话里只写数字。手机号 11 个数字，座机前面写 021。"
    if number.startswith("1") and len(number) != 11:
        more, less = len(number) - 11, 11 - len(number)
        what = f"多了 {more} 个数字" if more > 0 else f"少了 {less} 个数字"
        return f"手机号{what}。您填了 {len(number)} 个，要 11 个。"
    return "这个号码不像电话。手机号 11 个数字，座机写成 021-12345678。"


def masked(number: str) -> str:
    """Return a number with its middle hidden, ``138****0001``; "" stays ""."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}****{number[-4:]}"
