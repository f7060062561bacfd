"""The content version: one token for all that readers can see, another one after every change.

``current()`` gives the token, or None when it cannot be known: then nothing kept is given out. ``renew()``
is called after a commit. A token never comes back.
"""

import logging
import mmap
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
LENGTH = 16
SECONDS_BETWEEN_LOOKS = 1.0
# A reader must not wait for a server that is gone, and is not to try it again at once.
PATIENCE = 0.5
REST = 5.0


class ContentVersion(Protocol):
    """What the layer in front reads and what a commit renews."""

    def current(self) -> Hashable | None: ...

    def renew(self) -> None: ...


class StampFile:
    """For the processes of one machine: a file of a few random bytes that all of them see in their memory.

    Looking at memory costs no call to the system. Each such call lets another thread in first, and a kept page
    would take twice as long.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._seen: mmap.mmap | None = None
        self._inode = 0
        self._look_again = 0.0

    def current(self) -> Hashable | None:
        if self._seen is None or time.monotonic() >= self._look_again:
            try:
                self._look()
            except OSError:
                self._seen = None
                return None
        return self._seen[:LENGTH]

    def renew(self) -> None:
        try:
            with self._opened() as file:
                os.pwrite(file.fileno(), secrets.token_bytes(LENGTH), 0)
        except OSError:
            # The change itself is committed; pages are wrong for as long as they are kept at most.
            logger.exception("content version not renewed")

    def _look(self) -> None:
        """See the file that is there now: somebody may have taken the last one away."""
        with self._opened() as file:
            state = os.fstat(file.fileno())
            if state.st_size < LENGTH:
                os.pwrite(file.fileno(), secrets.token_bytes(LENGTH), 0)
            if self._seen is None or state.st_ino != self._inode:
                self._seen = mmap.mmap(file.fileno(), LENGTH, access=mmap.ACCESS_READ)
                self._inode = state.st_ino
        self._look_again = time.monotonic() + SECONDS_BETWEEN_LOOKS

    def _opened(self):
        # To be written, also when it is only looked at: on layered disks readers would else see an older layer.
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0)


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
