"""查我的报名: finding an enrolment by the number on the voucher and something only the person knows."""

import re
import unicodedata

from courses.errors import Refused
from courses.models import Enrolment
from courses.models.enrolment import VOUCHER_DIGITS
from courses.models.private import keyed_hash

FOUR = re.compile(r"\d{4}")
NOT_FOUND = "没有查到。请对一对凭证上的 8 个数字，和手机号的最后四位。没有手机的，填出生年份。"


def look_up(*, voucher: str, proof: str) -> Enrolment:
    """Return the enrolment with this number whose learner's telephone ends so, or, without one, was born in that year.

    Blanks, dashes and full width are as good as none. Raises Refused: by field for what cannot be either, else without
    saying which of the two is wrong.
    """
    number, four = digits(voucher), digits(proof)
    wrong = {}
    if len(number) != VOUCHER_DIGITS:
        asked = f"凭证是 {VOUCHER_DIGITS} 个数字，您填了 {len(number)} 个。"
        wrong["voucher"] = asked if number else f"请填凭证上的 {VOUCHER_DIGITS} 个数字。"
    if not FOUR.fullmatch(four):
        wrong["proof"] = f"这里填 4 个数字，您填了 {len(four)} 个。" if four else "请填 4 个数字。"
    if wrong:
        raise Refused("facts", "还有地方要改。", fields=wrong)
    rows = Enrolment.objects.with_voucher(number).select_related("run__organiser", "learner__area")
    for row in rows:
        if _is_theirs(row, four):
            return row
    raise Refused("not-found", NOT_FOUND)


def digits(written: str) -> str:
    """Return the digits of what somebody typed, however they are grouped."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", written[:100]))


def _is_theirs(row: Enrolment, four: str) -> bool:
    learner = row.learner
    if learner.erased_at:
        return False
    if learner.phone_tail_key:
        return learner.phone_tail_key == keyed_hash("tail", four)
    return learner.birth_year == int(four)
