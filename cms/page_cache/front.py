"""The layer in front of Django: gives out kept answers, and keeps what a view allows."""

import logging
import time
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from cms.page_cache.answers import Answer, may_be_kept
from cms.page_cache.keeping import PLACE, Offer
from cms.page_cache.keys import Choices, Keys
from cms.page_cache.shelf import Shelf
from cms.page_cache.versions import ContentVersion, content_version

logger = logging.getLogger("cms.page_cache")

# Should a change ever go unnoticed - a process killed between its commit and its word to the others - a page
# is wrong for this long, not for ever.
LONGEST = 300.0
SECONDS_BETWEEN_LINES = 60.0
FORM_TOKEN = b"csrfmiddlewaretoken"
REQUEST_NUMBER = "X-Request-ID"


def in_front_of(application: Callable, *, cookie: str, choices: Choices) -> Callable:
    """Return ``application`` behind the page cache; itself where the cache is switched off."""
    if settings.DEBUG or not settings.PAGE_CACHE_MB:
        return application
    shelf = Shelf(settings.PAGE_CACHE_MB * 1024 * 1024)
    return PageCache(application, keys=Keys(cookie, choices), version=content_version(), shelf=shelf)


class PageCache:
    """A WSGI application that asks the one behind it only for what it has not kept."""

    def __init__(self, application: Callable, *, keys: Keys, version: ContentVersion, shelf: Shelf) -> None:
        self.application = application
        self.keys = keys
        self.version = version
        self.shelf = shelf
        self.given = 0
        self._zone = ZoneInfo(settings.TIME_ZONE)
        self._told = time.monotonic()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        key = self.keys.of(environ)
        if key is None:
            return self.application(environ, start_response)
        # Before drawing: what is drawn from older rows than this version speaks of must not be kept under it.
        version = self._version()
        answer = self.shelf.get(key)
        if answer and answer.version == version and time.monotonic() - answer.since < LONGEST:
            self._count()
            return answer.send(environ, start_response)
        if version is None or environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        return self._draw(key, version, environ, start_response)

    def _version(self) -> Hashable | None:
        """Return the content version with the day: pages say what is over and what is still to come."""
        version = self.version.current()
        return None if version is None else (version, datetime.now(self._zone).toordinal())

    def _draw(
        self, key: Hashable, version: Hashable, environ: dict, start_response: Callable
    ) -> Iterable[bytes]:
        offer = environ[PLACE] = Offer()
        head: list = []
        since = time.monotonic()
        result = self.application(environ, lambda *start: head.append(start))
        status, headers = head[0][:2]
        if not offer.taken or not may_be_kept(status, headers):
            start_response(*head[0])
            return result
        answer = Answer(version, since, headers, _read(result))
        # A form's token is one browser's own, although nothing else on the page may be.
        if FORM_TOKEN not in answer.body:
            self.shelf.put(key, answer)
        # This one answer has a line in the log; its number is on no other.
        number = [pair for pair in headers if pair[0] == REQUEST_NUMBER]
        return answer.send(environ, lambda status, kept: start_response(status, kept + number))

    def _count(self) -> None:
        """Say once a minute how many pages were given out: a line for each would cost more than the page."""
        self.given += 1
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            logger.info("kept pages given out", extra={"count": self.given})
            self.given, self._told = 0, time.monotonic()


def _read(result: Iterable[bytes]) -> bytes:
    """Return the whole body; Django ends the request when it is closed."""
    try:
        return b"".join(result)
    finally:
        close = getattr(result, "close", None)
        if close:
            close()
