"""签到 at the door, with a limit on wrong guesses: four digits are soon tried. Who is found is no guess."""

from datetime import datetime

from django.conf import settings

from cms.services.limits import is_used_up, within_limit
from courses.errors import Refused
from courses.models import Attendance
from courses.services.roll_call.check_in import check_in_at_door, session_behind

SECONDS = 10 * 60
TOO_MANY = "试的次数太多了。请老师帮您签，或者过十分钟再试。"


def check_in_within_limits(
    *, token: str, digits: str, name: str, sender: str, now: datetime
) -> Attendance | None:
    """Put down what `check_in_at_door` finds. ``sender`` is the address it is asked from.

    Wrong guesses are counted for a session from one address, and from all. Raises Refused as it does, and
    ``too-many`` before anybody is looked for: who guesses must not learn of a hit.
    """
    session = str(session_behind(token, now=now).pk)
    counted = (
        ("check-in-from", f"{session} {sender}", settings.VOUCHER_GUESSES_PER_ADDRESS),
        ("check-in-at", session, settings.CHECK_IN_GUESSES_PER_SESSION),
    )
    if any(is_used_up(what, who, most=most) for what, who, most in counted):
        raise Refused("too-many", TOO_MANY)
    try:
        return check_in_at_door(token=token, digits=digits, name=name, now=now)
    except Refused as refusal:
        if refusal.code == "not-enrolled":
            for what, who, most in counted:
                within_limit(what, who, most=most, seconds=SECONDS)
        raise
