"""Getting very many rows into a table: COPY on PostgreSQL, a hundred a statement on SQLite. Triggers watch as ever."""

from collections.abc import Sequence

from django.db import connection, models

Row = tuple
# A statement of its own for each row would cost SQLite more than the row, because of the triggers.
AT_ONCE = 100


def as_row(thing: models.Model) -> Row:
    """Return what would be saved of it, as the database takes it. Its id the database gives."""
    return tuple(
        field.get_db_prep_save(getattr(thing, field.attname), connection) for field in _fields(type(thing))
    )


def pour(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Add these rows, made by `as_row`; in the transaction one is in."""
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


def _fields(model: type[models.Model]) -> list:
    return [field for field in model._meta.concrete_fields if not field.primary_key]
