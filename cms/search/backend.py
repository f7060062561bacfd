"""The search backend named in settings: the one of the database in use, taught Chinese."""

from django.db import connection
from modelsearch.backends import database


def SearchBackend(params: dict):  # noqa: N802 - the name Wagtail looks for
    """Return the search backend for the default database.

    An SQLite without full-text search gets Wagtail's own stand-in, which compares plain text.
    """
    if connection.vendor == "postgresql":
        from cms.search.postgres import ChinesePostgresBackend

        return ChinesePostgresBackend(params)
    stock = database.SearchBackend(params)
    if connection.vendor == "sqlite" and database.USE_SQLITE_FTS:
        from cms.search.sqlite import ChineseSQLiteBackend

        return ChineseSQLiteBackend(params)
    return stock
