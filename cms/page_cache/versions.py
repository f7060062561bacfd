"""The content version: one token for all that readers can see, another one after every change.

``current()`` gives the token, or None when it cannot be known: then nothing kept is given out. ``renew()``
is called after a commit. A token never comes back.
"""

import logging
import os
import secrets
import threading
import time
from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger("cms.page_cache")

KEY = "suishen:content-version"
# A reader must not wait for a server that is gone, and is not to try it again at once.
PATIENCE = 0.5
REST = 5.0


class ContentVersion(Protocol):
    """What the layer in front reads and what a commit renews."""

    def current(self) -> Hashable | None: ...

    def renew(self) -> None: ...


class StampFile:
    """For the processes of one machine: a file that grows by one byte with each change.

    Its size is the version: it only ever grows, also when two processes add to it at the same moment. The time
    of the last change alone would not do: two changes within one tick of the clock bear the same time.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)

    def current(self) -> Hashable | None:
        try:
            return self._stamp()
        except OSError:
            return self._first()

    def _stamp(self) -> Hashable:
        stamp = os.stat(self.path)  # noqa: PTH116 - asked with every request; pathlib costs twice as much
        return stamp.st_ino, stamp.st_size, stamp.st_mtime_ns

    def _first(self) -> Hashable | None:
        try:
            self._add(b"")
            return self._stamp()
        except OSError:
            return None

    def renew(self) -> None:
        try:
            self._add(b".")
        except OSError:
            # A full disk takes no byte more, but lets a file go: the next one is another file.
            logger.exception("content version not written, starting a new one")
            Path(self.path).unlink(missing_ok=True)

    def _add(self, byte: bytes) -> None:
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        with Path(self.path).open("ab") as file:
            file.write(byte)


class SharedStamp:
    """For several machines: a random token in Valkey, which all of them read.

    Random, not a number: a server that lost its memory would count from one again and meet numbers that
    pages are still kept under.
    """

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._own = threading.local()
        self._owed = False
        self._resting_until = 0.0

    def current(self) -> Hashable | None:
        if time.monotonic() < self._resting_until:
            return None
        try:
            if self._owed:
                self._write()
            return self._read() or self._first()
        except (RedisError, OSError):
            self._resting_until = time.monotonic() + REST
            logger.warning("content version not readable, pages are drawn afresh")
            return None

    def renew(self) -> None:
        try:
            self._write()
        except (RedisError, OSError):
            # The change itself is committed. Whoever reads the version next in this process pays the debt.
            self._owed = True
            logger.exception("content version not renewed yet")

    def _write(self) -> None:
        self._client.set(KEY, secrets.token_hex(8))
        self._owed = False

    def _first(self) -> bytes | None:
        # Several may find it missing at once; all go on with the one that came first.
        self._client.set(KEY, secrets.token_hex(8), nx=True)
        return self._read()

    def _read(self) -> bytes | None:
        """Ask for the token: the client's own ``get`` costs four times as much, and this is every request's."""
        connection = self._connection()
        try:
            return self._ask(connection)
        except (RedisError, OSError):
            # It was idle too long, or the server began anew: once more, on a fresh line.
            connection.disconnect()
            return self._ask(connection)

    def _ask(self, connection) -> bytes | None:
        connection.send_packed_command(self._own.question)
        return connection.read_response()

    def _connection(self):
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._client.connection_pool.make_connection()
            self._own.question = connection.pack_command("GET", KEY)
        return connection


def content_version() -> ContentVersion:
    """Return the version that this site's settings ask for: in Valkey when there is one, else in a file."""
    cache = settings.CACHES["default"]
    url = cache["LOCATION"] if cache["BACKEND"].endswith("RedisCache") else ""
    return _version(url, str(settings.VAR_DIR))


@lru_cache(maxsize=8)
def _version(url: str, folder: str) -> ContentVersion:
    return SharedStamp(url) if url else StampFile(Path(folder) / "content-version")
