"""What a reader's search finds: exact words first, then some of them, then what sounds the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.hooks import SEARCH_SOURCES, ask
from cms.models import ScenarioPage
from cms.search.tokens import query_words, sound_words

RESULTS = 30
SUGGESTIONS = 8


class Nearness(Enum):
    """How near what was found is to what was asked."""

    ALL_WORDS = "all words"
    SOME_WORDS = "some words"
    SAME_SOUND = "same sound"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """Pages, the best first, each of its own class; and how near they are."""

    pages: list[Page]
    nearness: Nearness


def find(query: str, *, limit: int = RESULTS) -> Finding:
    """Look a query up among the pages readers may find; return at most ``limit`` of them."""
    for nearness, results in _ways(query):
        pages = list(results[:limit])
        if pages:
            return Finding(_specific(pages), nearness)
    return Finding([], Nearness.NOTHING)


def suggest(query: str, *, limit: int = SUGGESTIONS) -> list[Page]:
    """Return pages whose title or code begins like what has been typed so far, or sounds like it."""
    readable = _readable_pages()
    for words in (query_words(query), sound_words(query)):
        pages = list(readable.autocomplete(" ".join(words))[:limit])
        if pages:
            return pages
    return []


def _ways(query: str) -> Iterator[tuple[Nearness, object]]:
    readable = _readable_pages()
    words = query_words(query)
    yield Nearness.ALL_WORDS, readable.search(" ".join(words), operator="and")
    if len(words) > 1:
        yield Nearness.SOME_WORDS, readable.search(" ".join(words), operator="or")
    yield Nearness.SAME_SOUND, readable.autocomplete(" ".join(sound_words(query)))


def _readable_pages() -> PageQuerySet:
    classes = {ScenarioPage, *chain.from_iterable(ask(SEARCH_SOURCES))}
    return Page.objects.live().public().type(*classes)


def _specific(pages: list[Page]) -> list[Page]:
    """Read the pages' own fields with one query a class, without their long texts."""
    found: dict[int, Page] = {}
    for page_class in {page.specific_class for page in pages}:
        ids = [page.pk for page in pages if page.specific_class is page_class]
        found |= page_class.objects.defer_streamfields().in_bulk(ids)
    return [found[page.pk] for page in pages if page.pk in found]
