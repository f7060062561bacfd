"""A lock that one process holds at a time and that a killed process cannot leave behind."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


def sole_run(name: str) -> AbstractContextManager[bool]:
    """Give True while this process is the only one inside ``name``, False when another one is there already.

    With PostgreSQL this holds across machines; SQLite lives on one machine, where a locked file does it.
    """
    return _in_database(name) if connection.vendor == "postgresql" else _in_folder(name)


@contextmanager
def _in_database(name: str) -> Iterator[bool]:
    # A connection and a transaction of its own: the lock ends with them, also behind PgBouncer.
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
            (taken,) = cursor.fetchone()
        yield taken
        own.rollback()
    finally:
        own.close()


@contextmanager
def _in_folder(name: str) -> Iterator[bool]:
    path = Path(settings.VAR_DIR) / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
