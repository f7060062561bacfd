"""动态码: the second factor that managers give after their password.

A code of six digits from an app on their telephone (TOTP), or one of ten recovery codes on paper, each good once. Of
the recovery codes only keyed hashes are kept: they are shown once, to be printed.
"""

import math
import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from cms.enums import AuditVerb
from cms.hooks import NEEDS_SECOND_FACTOR, ask
from cms.models import User
from cms.services.log_ins import put_down
from cms.services.roles import MANAGERS

RECOVERY_CODES = 10
# No letters and digits that look alike on paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SALT = "second-factor-key"
# From this many wrong codes on the wait grows no more: about a quarter of an hour, never for good.
MOST_FAILURES = 11
# A page with a key on it is good for an hour.
KEY_AGE = 60 * 60


@dataclass(frozen=True)
class Answer:
    """What became of a code: the device that took it, or how many seconds to wait before the next try."""

    device: Device | None = None
    wait: int = 0


def is_missing(user: Any) -> bool:
    """True when this person has logged in with a password only and that is not enough."""
    return (
        settings.SECOND_FACTOR_REQUIRED
        and user.is_authenticated
        and not user.is_verified()
        and is_needed(user)
    )


def is_needed(user: Any) -> bool:
    """True for administrators, for the content group 市级管理员 and for whom another app names."""
    if user.is_superuser or user.groups.filter(name=MANAGERS).exists():
        return True
    return any(ask(NEEDS_SECOND_FACTOR, user))


def is_set_up(user: User) -> bool:
    """True when this person's telephone is known."""
    return telephone_of(user) is not None


def telephone_of(user: User) -> TOTPDevice | None:
    """Return the telephone a person set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_telephone(device: Device) -> bool:
    """True for an app on a telephone, False for the codes on paper."""
    return isinstance(device, TOTPDevice)


def new_key(user: User) -> str:
    """Return a new key for this person's telephone, signed: it is kept nowhere until a code proves it."""
    return signing.dumps([user.pk, random_hex(20)], salt=SALT)


def device_of(signed: str, user: User) -> TOTPDevice | None:
    """Return the device a signed key stands for, not saved; None when it is not this person's or too old."""
    try:
        owner, key = signing.loads(signed, salt=SALT, max_age=KEY_AGE)
    except signing.BadSignature:
        return None
    return TOTPDevice(user=user, name="手机", key=key) if owner == user.pk else None


def in_groups_of_four(device: TOTPDevice) -> str:
    """Return the key as a person types it into an app."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@transaction.atomic
def set_up(*, user: User, device: TOTPDevice, code: str) -> list[str]:
    """Keep the device if ``code`` is what it shows now, in place of any before; return the recovery codes.

    An empty list says that the code was wrong.
    """
    point = transaction.savepoint()
    _forget(user)
    device.save()
    if not device.verify_token(_plain(code)):
        transaction.savepoint_rollback(point)
        return []
    transaction.savepoint_commit(point)
    paper = StaticDevice.objects.create(user=user, name="纸")
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=_hidden(user, code)) for code in codes)
    put_down(AuditVerb.SECOND_FACTOR_SET, user, by=user)
    return codes


@transaction.atomic
def check(*, user: User, code: str) -> Answer:
    """Try a code of either kind. Each counts once, and wrong ones make the next try wait longer and longer."""
    plain = _plain(code)
    is_from_telephone = len(plain) == 6 and plain.isascii() and plain.isdecimal()
    devices = (TOTPDevice if is_from_telephone else StaticDevice).objects.filter(user=user, confirmed=True)
    device = devices.select_for_update().first()
    if device is None:
        return Answer()
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Answer(wait=max(1, math.ceil((why["locked_until"] - timezone.now()).total_seconds())))
    if device.verify_token(plain if is_from_telephone else _hidden(user, plain)):
        put_down(AuditVerb.SECOND_FACTOR_GIVEN, user, by=user)
        return Answer(device=device)
    if device.throttling_failure_count > MOST_FAILURES:
        device.throttling_failure_count = MOST_FAILURES
        device.save()
    put_down(AuditVerb.SECOND_FACTOR_FAILED, user, by=user)
    return Answer()


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes this person has not used."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def drop(*, user: User, by: User | None) -> None:
    """Forget this person's telephone and recovery codes: at the next log-in they set it up anew."""
    _forget(user)
    put_down(AuditVerb.SECOND_FACTOR_DROPPED, user, by=by)


def _forget(user: User) -> None:
    for devices in (TOTPDevice.objects, StaticDevice.objects):
        devices.filter(user=user).delete()


def _recovery_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(10))


def _plain(code: str) -> str:
    """Return a code without the blanks and dashes it is written with."""
    return "".join(sign for sign in code if sign.isalnum()).lower()


def _hidden(user: User, code: str) -> str:
    return salted_hmac("recovery-code", f"{user.pk}:{code}").hexdigest()[:16]
