"""What a class costs: 免费, 20, 20元, ￥20.50/人."""

import re
from decimal import Decimal

from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.unclear import Unclear, quoted

MOST = Decimal("99999.99")
_FREE = {
    "免费",
    "免",
    "全免",
    "免学费",
    "免收",
    "不收费",
    "不收",
    "不要钱",
    "公益",
    "公益免费",
    "免费公益",
    "无",
}
_SUM = re.compile(
    r"(?:每人|人均|共|学费)?¥?(\d{1,7}|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?(?:元|块|块钱)?整?"
    r"(?:/?(?:每)?(?:人|位|名|期|班|学期))?"
)
_NOTE = re.compile(r"\([^()]*\)")
HOW = "请写一共收几元，比如 20元；不收钱就写 免费"


def read_fee(value: CellValue) -> Decimal | Unclear:
    """Return how many yuan a cell says, for the whole class; 0 is free. So much a session is not guessed at."""
    written, words = text_of(value), _NOTE.sub("", plain(value))
    if words in _FREE:
        return Decimal(0)
    hit = _SUM.fullmatch(words)
    if hit is None:
        return Unclear(f"{quoted(written)}看不出一共多少钱" if written else "没写多少钱", HOW)
    fee = Decimal(f"{hit[1].replace(',', '')}{hit[2] or ''}")
    if fee > MOST:
        return Unclear(f"{quoted(written)}太多了", "请看看有没有多写一个数字")
    return fee
