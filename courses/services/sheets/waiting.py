"""Uploads between being looked at and being agreed to: under VAR_DIR, never in public media, for a day at most.

The name of the file holds the id of who uploaded it, so that nobody else finds it, and a token nobody guesses. All
machines share the folder, as they do that of the content packages.
"""

import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from cms.models import User

KEPT = timedelta(days=1)
_TOKEN = re.compile(r"[0-9a-f]{32}")
_ENDINGS = (".xlsx", ".csv")


def folder() -> Path:
    """Return the folder, made if it is not there."""
    path = Path(settings.VAR_DIR) / "sheets"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(data: bytes, *, by: User) -> str:
    """Keep an upload that was looked through; return the token it is found by."""
    token = secrets.token_hex(16)
    ending = _ENDINGS[0] if data.startswith(b"PK\x03\x04") else _ENDINGS[1]
    path = _path(token, by, ending)
    path.touch(mode=0o600)
    path.write_bytes(data)
    return token


def fetch(token: str, *, by: User) -> tuple[bytes, str] | None:
    """Return what ``by`` uploaded and a name for it; None when there is no such thing (any more)."""
    if not _TOKEN.fullmatch(token):
        return None
    for ending in _ENDINGS:
        try:
            return _path(token, by, ending).read_bytes(), f"sheet{ending}"
        except FileNotFoundError:
            continue
    return None


def forget(token: str, *, by: User) -> None:
    """Delete what ``by`` uploaded; nothing happens when it is gone."""
    if _TOKEN.fullmatch(token):
        for ending in _ENDINGS:
            _path(token, by, ending).unlink(missing_ok=True)


def purge(*, now: datetime) -> int:
    """Delete what has waited for a day; return how many files that were."""
    old = [path for path in folder().iterdir() if path.stat().st_mtime < (now - KEPT).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _path(token: str, by: User, ending: str) -> Path:
    return folder() / f"{by.pk}-{token}{ending}"
