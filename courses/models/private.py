"""Telephone numbers at rest: encrypted, and found only by keyed hashes (security.md, Personal data)."""

import base64
import hashlib
import hmac
import re
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from courses.rules.phones import masked


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    # A setting may have any length; Fernet wants 32 bytes.
    made = (base64.urlsafe_b64encode(hashlib.sha256(f"phone:{key}".encode()).digest()) for key in keys)
    return MultiFernet([Fernet(key) for key in made])


def encrypt(plain: str) -> str:
    """Return ``plain`` under the first key of PERSONAL_DATA_KEYS; "" stays ""."""
    return _cipher(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(plain.encode()).decode() if plain else ""


def decrypt(kept: str) -> str:
    """Return what was encrypted under any of the keys. Raises ValueError when none fits."""
    if not kept:
        return ""
    try:
        return _cipher(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise ValueError("no key in PERSONAL_DATA_KEYS opens this") from None


def keyed_hash(what: str, value: str) -> str:
    """Return what a value is looked up by, 32 hexadecimal digits; "" stays "". ``what`` keeps two uses apart."""
    if not value:
        return ""
    key = settings.PERSONAL_HASH_KEY.encode()
    return hmac.new(key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


class Encrypted(str):
    """A value as it lies in the database; ``plain`` opens it, and only that."""

    __slots__ = ()

    @property
    def plain(self) -> str:
        return decrypt(str(self))


# How what `encrypt` returns begins and how long it is at least; no telephone number looks like it.
_TOKEN = re.compile(r"gAAAAA[\w-]{90,}={0,2}", re.ASCII)


class EncryptedField(models.TextField):
    """A text that nobody reads in the database, in a dump or in a log. Give it plain text, read ``.plain``.

    An `Encrypted` is saved as it is; any other text is encrypted on its way into the database. A dump holds what the
    database holds, and loading it encrypts nothing twice.
    """

    def to_python(self, value):
        text = super().to_python(value)
        return Encrypted(text) if text and _TOKEN.fullmatch(text) else text

    def from_db_value(self, value, expression, connection):
        return Encrypted(value) if value else Encrypted("")

    def get_prep_value(self, value):
        return str(value) if isinstance(value, Encrypted) else encrypt(value or "")


class WithPhone(models.Model):
    """Something with a telephone number nobody sees whole unless they ask for it, which is put down."""

    phone = EncryptedField("电话", blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def keep_phone(self, number: str) -> None:
        """Take a normalised number, "" for none; the caller saves."""
        self.phone = Encrypted(encrypt(number))

    @property
    def masked_phone(self) -> str:
        """The number as every screen shows it: 138****0001."""
        return masked(decrypt(self.phone))

    def whole_phone(self) -> str:
        """Return the whole number. Only a service that puts down who asked may call this."""
        return decrypt(self.phone)
