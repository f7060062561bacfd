"""Getting very many rows into a table: COPY on PostgreSQL, a hundred a statement on SQLite. Triggers watch as ever."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

Row = tuple
# A statement of its own for each row would cost SQLite more than the row, because of the triggers.
AT_ONCE = 100


def as_rows(things: Iterable[models.Model]) -> list[Row]:
    """Return what would be saved of each, as the database takes it. Their ids the database gives."""
    adapt = connection.ops.adapt_datetimefield_value
    return [
        tuple(adapt(value) if isinstance(value, datetime) else value for value in _values(thing))
        for thing in things
    ]


def pour(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Add these rows, made by `as_rows`; in the transaction one is in."""
    columns = ", ".join(f'"{field.column}"' for field in _fields(model))
    table = f'"{model._meta.db_table}" ({columns})'
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    for start in range(0, len(rows), AT_ONCE):
        _insert(table, rows[start : start + AT_ONCE])


def _insert(table: str, rows: Sequence[Row]) -> None:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    values = [value for each in rows for value in each]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)  # noqa: S608


def _values(thing: models.Model) -> Iterator[Any]:
    return (getattr(thing, field.attname) for field in _fields(type(thing)))


@cache
def _fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]
