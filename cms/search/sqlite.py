"""Chinese search on SQLite's full-text index."""

from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend

from cms.search.words import IndexedWords, in_words


class ChineseSQLiteIndex(SQLiteIndex):
    """Keeps words instead of text."""

    def add_items(self, model, objs):
        super().add_items(model, [IndexedWords(obj) for obj in objs])


class ChineseSQLiteBackend(SQLiteSearchBackend):
    """Wagtail's backend for SQLite; queries are turned into words like the index."""

    index_class = ChineseSQLiteIndex

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        return super()._search(query_compiler_class, in_words(query), model_or_queryset, **kwargs)
