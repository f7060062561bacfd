"""查我的报名, with a limit on wrong guesses: from one address, and at one voucher from wherever. Hits do not count."""

from django.conf import settings

from cms.services.limits import is_used_up, within_limit
from courses.errors import Refused
from courses.models import Enrolment
from courses.services.enrolment.looking_up import digits, look_up

SECONDS = 10 * 60
TOO_MANY = "试了很多次，都没有查到。请过 10 分钟再查，或者打电话，我们帮您查。"


def look_up_within_limits(*, voucher: str, proof: str, sender: str) -> Enrolment:
    """Return what `look_up` finds. ``sender`` is the address it is asked from; only keyed hashes of both are kept.

    Raises Refused as `look_up` does, and ``too-many``. What cannot be a voucher at all is no guess.
    """
    counted = (("voucher-from", sender), ("voucher-at", digits(voucher)))
    most = settings.VOUCHER_GUESSES_PER_ADDRESS
    if any(is_used_up(what, who, most=most) for what, who in counted):
        raise Refused("too-many", TOO_MANY)
    try:
        return look_up(voucher=voucher, proof=proof)
    except Refused as refusal:
        if refusal.code == "not-found":
            for what, who in counted:
                within_limit(what, who, most=most, seconds=SECONDS)
        raise
