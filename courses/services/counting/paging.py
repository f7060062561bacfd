"""Reading very many rows a page at a time: not all are in memory, and no cursor stays open that PgBouncer loses."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

PAGE = 5000


def by_pk(rows: QuerySet, *fields: str) -> Iterator[tuple[Any, ...]]:
    """Yield ``fields`` of rows, the primary key before them, in its order."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *fields)[:PAGE]):
        yield from page
        last = page[-1][0]
