"""Setting one's own first password from a link on a printed log-in slip. Nobody needs an e-mail address.

The link is not kept anywhere: it is signed over the password, the last log-in and whether the account is on, so it dies
with the first use, with the next slip and with disabling.
"""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from cms.models import User


class SlipTokens(PasswordResetTokenGenerator):
    """Good for PASSWORD_RESET_TIMEOUT, for an account that is on and has no password yet."""

    key_salt = "cms.services.first_passwords"

    def _make_hash_value(self, user, timestamp):
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"

    def check_token(self, user: Any, token: str | None) -> bool:
        is_waiting = user is not None and user.is_active and not user.has_usable_password()
        return is_waiting and super().check_token(user, token)


tokens = SlipTokens()


def link_parts(user: User) -> tuple[str, str]:
    """Return what the address of a person's link is made of: who, and the proof."""
    return urlsafe_base64_encode(force_bytes(user.pk)), tokens.make_token(user)


def whose_link(who: str, proof: str, *, lock: bool = False) -> User | None:
    """Return the person a link is for; None when it is used up, too old, replaced or made up."""
    try:
        key = int(urlsafe_base64_decode(who).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    rows = User.objects.select_for_update() if lock else User.objects.all()
    user = rows.filter(pk=key).first() if 0 < key < 2**63 else None
    return user if tokens.check_token(user, proof) else None


@transaction.atomic
def set_first_password(*, who: str, proof: str, password: str) -> bool:
    """Set the password and use up the link; False when somebody else was quicker."""
    user = whose_link(who, proof, lock=True)
    if user is None:
        return False
    user.set_password(password)
    user.save()
    return True


def forget_password(user: User) -> None:
    """Make the password and every link and session that rests on it worthless; the caller is in a transaction."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
