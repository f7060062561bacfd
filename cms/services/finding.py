"""What a reader's search finds: exact words first, then some of them, then what sounds the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from django.db.models import CharField, F, QuerySet, Value
from modelsearch.backends.base import BaseSearchResults
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.hooks import SEARCH_SOURCES, ask
from cms.models import recommended
from cms.search.tokens import query_words, sound_words

RESULTS = 30
SUGGESTIONS = 8
_NO_WORDS = Value("", output_field=CharField())


class Nearness(Enum):
    """How near what was found is to what was asked."""

    ALL_WORDS = "all words"
    SOME_WORDS = "some words"
    SAME_SOUND = "same sound"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Found:
    """A page with what a reader is shown of it; its code is empty when it has none."""

    page: Page
    code: str
    summary: str

    @property
    def kind(self) -> str:
        """What readers call such a page: the class says it in ``search_kind``, else by its name."""
        page_class = self.page.specific_class
        return str(getattr(page_class, "search_kind", page_class._meta.verbose_name))


@dataclass(frozen=True)
class Finding:
    """What was found, the best first, and how near it is to what was asked."""

    results: list[Found]
    nearness: Nearness


def find(query: str, *, limit: int = RESULTS) -> Finding:
    """Look a query up among the pages readers may find; return at most ``limit`` of them."""
    for nearness, results in _ways(query):
        pages = list(results[:limit])
        if pages:
            return Finding(_with_facts(pages), nearness)
    return Finding([], Nearness.NOTHING)


def suggest(query: str, *, limit: int = SUGGESTIONS) -> list[Page]:
    """Return pages whose title or code begins like what has been typed so far, or sounds like it."""
    readable = _readable_pages()
    for words in (query_words(query), sound_words(query)):
        pages = list(readable.autocomplete(" ".join(words))[:limit])
        if pages:
            return pages
    return []


def _ways(query: str) -> Iterator[tuple[Nearness, BaseSearchResults]]:
    readable = _readable_pages()
    words = query_words(query)
    yield Nearness.ALL_WORDS, readable.search(" ".join(words), operator="and")
    if len(words) > 1:
        yield Nearness.SOME_WORDS, readable.search(" ".join(words), operator="or")
    yield Nearness.SAME_SOUND, readable.autocomplete(" ".join(sound_words(query)))


def _readable_pages() -> PageQuerySet:
    return recommended(Page.objects.live().public()).type(*chain.from_iterable(ask(SEARCH_SOURCES)))


def _with_facts(pages: list[Page]) -> list[Found]:
    """Add code and goal with one query for all classes of page together, without their long texts."""
    ids = [page.pk for page in pages]
    facts = [_facts_of(page_class, ids) for page_class in {page.specific_class for page in pages}]
    found = {pk: (code or "", summary) for pk, code, summary in facts[0].union(*facts[1:], all=True)}
    return [Found(page, *found[page.pk]) for page in pages if page.pk in found]


def _facts_of(page_class: type[Page], ids: list[int]) -> QuerySet:
    names = {field.name for field in page_class._meta.get_fields()}
    code, goal = (F(name) if name in names else _NO_WORDS for name in ("code", "goal"))
    return page_class.objects.order_by().filter(pk__in=ids).values_list("pk", code, goal)
