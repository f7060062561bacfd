"""What a browser keeps of an enrolment: its form's token, so that a form sent twice is one; whose voucher it sees.

No personal data is in either, and neither is needed: without cookies there is the hidden field, and the look-up.
"""

import secrets

from django.core import signing

from courses.models import Enrolment

FORM, VOUCHER = "enrol", "voucher"
SALT = "courses.voucher"
# A form begun in the evening is still the same the next morning; a voucher on a shared computer is not shown for long.
FORM_AGE, VOUCHER_AGE = 24 * 60 * 60, 60 * 60
LONGEST = 64


def form_token(request) -> str:
    """Return the token for this browser's forms: two tabs have the same."""
    kept = request.COOKIES.get(FORM, "")
    return kept if 0 < len(kept) <= LONGEST and kept.isascii() else secrets.token_urlsafe(24)


def keep_form_token(response, token: str, *, is_secure: bool) -> None:
    """Let the browser keep the token of its form."""
    response.set_cookie(
        FORM, token, max_age=FORM_AGE, path="/classes/", httponly=True, samesite="Lax", secure=is_secure
    )


def keep_voucher(response, enrolment: Enrolment, *, is_secure: bool) -> None:
    """Let the browser see this voucher for an hour."""
    value = signing.dumps(enrolment.pk, salt=SALT)
    response.set_cookie(
        VOUCHER,
        value,
        max_age=VOUCHER_AGE,
        path="/enrolments/",
        httponly=True,
        samesite="Lax",
        secure=is_secure,
    )


def forget_voucher(response) -> None:
    """Let the browser see no voucher any more: 看好了. Nor have it shown again by sending the form once more."""
    response.delete_cookie(VOUCHER, path="/enrolments/", samesite="Lax")
    response.delete_cookie(FORM, path="/classes/", samesite="Lax")


def kept_enrolment(request) -> Enrolment | None:
    """Return the enrolment whose voucher this browser may see, or None."""
    try:
        pk = signing.loads(request.COOKIES.get(VOUCHER, ""), salt=SALT, max_age=VOUCHER_AGE)
    except signing.BadSignature:
        return None
    rows = Enrolment.objects.select_related(
        "run__organiser", "run__venue", "run__room", "learner__area__parent"
    )
    return rows.filter(pk=pk, learner__erased_at=None).first()
