"""Web nodes: Django behind a page cache of its own, as each server process has one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import RequestFactory

from cms.page_cache.front import PageCache
from cms.page_cache.keys import Keys
from cms.page_cache.shelf import Shelf
from cms.page_cache.versions import content_version
from cms.services.display import COOKIE, Display

ROOM = 8 * 1024 * 1024


@dataclass(frozen=True)
class Received:
    """What a browser got."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Node:
    """A web node; ``drawn`` counts how often Django was asked."""

    def __init__(
        self, application: Callable | None = None, *, version=None, room: int = ROOM, cache=PageCache
    ) -> None:
        self.drawn = 0
        self.application = application or WSGIHandler()
        self.shelf = Shelf(room)
        self.front = cache(
            self._draw,
            keys=Keys(COOKIE, Display.chosen),
            version=version or content_version(),
            shelf=self.shelf,
        )

    def get(self, address: str, *, method: str = "GET", **headers: str) -> Received:
        """Ask for an address; ``headers`` as WSGI spells them (``HTTP_COOKIE="…"``)."""
        return receive(self.front, an_environ(address, method=method, **headers))

    def _draw(self, environ: dict, start_response: Callable):
        self.drawn += 1
        return self.application(environ, start_response)


def an_environ(address: str, *, method: str = "GET", **headers: str) -> dict[str, Any]:
    """Return the WSGI environment of a request."""
    return RequestFactory().generic(method, address, **{"HTTP_HOST": "testserver"} | headers).environ


def receive(application: Callable, environ: dict[str, Any]) -> Received:
    """Ask a WSGI application as a server does."""
    head: list[Any] = []
    result = application(environ, lambda *start: head.append(start))
    try:
        body = b"".join(result)
    finally:
        getattr(result, "close", lambda: None)()
    status, headers = head[0][:2]
    return Received(int(status.split()[0]), dict(headers), body)


def freshly_drawn(address: str, **headers: str) -> Received:
    """What Django answers with no cache before it."""
    return receive(WSGIHandler(), an_environ(address, **headers))


def in_own_connection(task: Callable) -> Callable:
    """Return ``task`` for a thread: it leaves no open connection to the database behind."""

    def run(*args):
        try:
            return task(*args)
        finally:
            connections.close_all()

    return run


def at_once(*tasks: Callable[[], Any], longest: int = 60) -> list[Any]:
    """Let tasks begin together, each in a thread with a connection of its own; return what came of each, in order.

    What a task raised is what came of it. Raises TimeoutError for one that never ends: nothing came of it.
    """
    together, outcomes = threading.Barrier(len(tasks)), [None] * len(tasks)

    @in_own_connection
    def go(number: int, task: Callable[[], Any]) -> None:
        together.wait(longest)
        try:
            outcomes[number] = task()
        except Exception as error:
            outcomes[number] = error

    threads = [threading.Thread(target=go, args=each, daemon=True) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(longest)
    if stuck := sum(thread.is_alive() for thread in threads):
        raise TimeoutError(f"{stuck} of {len(tasks)} never ended")
    return outcomes
