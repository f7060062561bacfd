"""Chinese search on PostgreSQL's full-text index."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import MatchAll, Not

from cms.search.words import IndexedWords, in_words

TITLE = F("index_entries__title")
BODY = F("index_entries__body")


class ChinesePostgresIndex(PostgresIndex):
    """Keeps words instead of text."""

    def add_items(self, model, objs):
        super().add_items(model, [IndexedWords(obj) for obj in objs])


class AllWords(Func):
    """The words of title and text together, as the index of migration `search_index` has them.

    That index is on a function of ours with a cost, because PostgreSQL takes ``title || body`` for cheap and
    puts the two together anew for every row instead of using an index on it: 47 ms against 1 ms.
    """

    function = "cms_search_words"
    output_field = SearchVectorField()


class ChinesePostgresQueryCompiler(PostgresSearchQueryCompiler):
    """Matches words through one index over title and text."""

    def search(self, config, start, stop, score_field=None, backend=None):
        query = self.query.subquery if isinstance(self.query, Not) else self.query
        if isinstance(query, MatchAll):
            return super().search(config, start, stop, score_field, backend)
        asked = self.build_tsquery(self.query, config=config)
        vectors = self.get_search_vectors(asked)
        rank = self._build_rank_expression(vectors, config)
        # An alias, not an annotation: the words of every hit would travel with the results.
        queryset = self.queryset.alias(_words=self._words(vectors)).filter(_words=asked)
        return self._apply_ordering_and_scoring(queryset, rank, start, stop, score_field)

    def get_search_vectors(self, search_query):
        """Return the indexed words to look in; the fields themselves hold text, not words."""
        vectors = self.get_index_vectors(search_query)
        if self.fields is None or len(vectors) == 1:
            return vectors
        wanted = {TITLE if field == "title" else BODY for field in self.fields}
        return [(vector, boost) for vector, boost in vectors if vector in wanted]

    def _words(self, vectors):
        return AllWords(TITLE, BODY) if len(vectors) == 2 else vectors[0][0]


class ChinesePostgresAutocompleteQueryCompiler(
    ChinesePostgresQueryCompiler, PostgresAutocompleteQueryCompiler
):
    """The same for what is still being typed: the last word may go on."""


class ChinesePostgresBackend(PostgresSearchBackend):
    """Wagtail's backend for PostgreSQL; queries are turned into words like the index."""

    index_class = ChinesePostgresIndex
    query_compiler_class = ChinesePostgresQueryCompiler
    autocomplete_query_compiler_class = ChinesePostgresAutocompleteQueryCompiler

    def __init__(self, params):
        # Our words are whole: no language's stemming or stop words may touch them.
        super().__init__(params | {"SEARCH_CONFIG": "simple"})

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        return super()._search(query_compiler_class, in_words(query), model_or_queryset, **kwargs)
