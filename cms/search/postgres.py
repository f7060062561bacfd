"""Chinese search on PostgreSQL's full-text index."""

from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from cms.search.words import IndexedWords, in_words


class ChinesePostgresIndex(PostgresIndex):
    """Keeps words instead of text."""

    def add_items(self, model, objs):
        super().add_items(model, [IndexedWords(obj) for obj in objs])


class ChinesePostgresBackend(PostgresSearchBackend):
    """Wagtail's backend for PostgreSQL; queries are turned into words like the index."""

    index_class = ChinesePostgresIndex

    def __init__(self, params):
        # Our words are whole: no language's stemming or stop words may touch them.
        super().__init__(params | {"SEARCH_CONFIG": "simple"})

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        return super()._search(query_compiler_class, in_words(query), model_or_queryset, **kwargs)
