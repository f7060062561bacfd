"""Reads and inserts whose SQL is made once. On the hottest path making it costs Django several times what running does.

Nothing else is different: the same QuerySet, the same database, the same values. For what is read and put in for every
enrolment; elsewhere a QuerySet is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

# A `Prepared` or a `Statement`, and what it is given.
Read = tuple[Any, ...]
Rows = list[tuple[Any, ...]]

# What stands for parameters while the SQL is made; nothing real is called so.
NUMBER, TEXT = 7_000_000_001, "prepared-parameter"


@dataclass(frozen=True)
class _Made:
    """The SQL for one connection: ``places`` are the parameters that differ, by their place among all of them."""

    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, int]
    converters: dict
    locks: bool

    def values(self, given: tuple[Any, ...]) -> list[Any]:
        """Return all parameters, those that differ put in."""
        if self.locks and self.compiler.connection.get_autocommit():
            # As Django says while it makes the SQL, which here it does only once.
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        return [
            given[self.places[place]] if place in self.places else value
            for place, value in enumerate(self.parameters)
        ]

    def converted(self, rows: list[tuple]) -> list[tuple]:
        """Return what the database gave as Django would have."""
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]


class Prepared:
    """A read with parameters: ``make`` gives its `values_list` for them. ``stands_for``: NUMBER or TEXT for each."""

    def __init__(self, make: Callable[..., QuerySet], *stands_for: Any) -> None:
        self.make = make
        self.stands_for = stands_for

    def rows(self, *given: Any) -> list[tuple]:
        """Return the rows for these parameters."""
        (rows,) = rows_together((self, *given))
        return rows

    def made_for(self, connection: Any) -> _Made:
        """Return its SQL, made when a connection first asks for it."""
        made = vars(connection).setdefault("prepared_reads", {})
        if self not in made:
            made[self] = self._made(connection)
        return made[self]

    def _made(self, connection: Any) -> _Made:
        compiler = self.make(*self.stands_for).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = {
            place: self.stands_for.index(value)
            for place, value in enumerate(parameters)
            if value in self.stands_for
        }
        if sorted(places.values()) != list(range(len(self.stands_for))):
            raise ValueError(
                "each parameter has to stand in the SQL once, and each is to be told from the others"
            )
        chosen = [expression for expression, *_ in compiler.select]
        locks = compiler.query.select_for_update and connection.features.has_select_for_update
        return _Made(compiler, sql, parameters, places, compiler.get_converters(chosen), locks)


@dataclass(frozen=True)
class Statement:
    """SQL of one's own among reads; each of its values is given. Not to write with: no cache would notice."""

    sql: str

    def made_for(self, connection: Any) -> "Statement":
        return self

    def values(self, given: tuple[Any, ...]) -> list[Any]:
        return list(given)

    def converted(self, rows: list[tuple]) -> list[tuple]:
        return rows


def rows_together(*reads: Read) -> list[Rows]:
    """Return the rows of several reads, one done after the other.

    PostgreSQL is asked once for all of them: where one of them locks, each question less is waited for by everybody.
    Each still sees what was committed until then, as it does when asked by itself.
    """
    if not reads:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    made = [read.made_for(connection) for read, *_ in reads]
    values = [each.values(tuple(given)) for each, (_, *given) in zip(made, reads, strict=True)]
    found: list[Rows] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("; ".join(each.sql for each in made), [value for some in values for value in some])
            for each in made:
                found.append(each.converted(cursor.fetchall()))
                cursor.nextset()
            return found
        for each, some in zip(made, values, strict=True):
            cursor.execute(each.sql, some)
            found.append(each.converted(cursor.fetchall()))
        return found


def row_names(model: type[Model]) -> list[str]:
    """Return the names to ask for when whole objects are to be made of the rows by `as_object`."""
    return [field.attname for field in model._meta.concrete_fields]


def as_object(model: type[Model], row: tuple) -> Any:
    """Return the object a row stands for, as a QuerySet would have made it."""
    return model.from_db(DEFAULT_DB_ALIAS, row_names(model), row)


def insert(row: Model) -> None:
    """Put a new row in, and give it its id; as `save(force_insert=True)`, but no signals are sent.

    What a model's own `save` works out has to be in the row already. Raises IntegrityError.
    """
    _inserted(row, None)


def insert_unless_there(row: Model) -> bool:
    """Put a new row in as `insert` does; False where a constraint says that there is one like it already.

    SQLite leaves out what any of its constraints forbids: who gets False and finds nothing may ask `insert` why.
    """
    return _inserted(row, OnConflict.IGNORE)


def _inserted(row: Model, on_conflict: OnConflict | None) -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    made = vars(connection).setdefault("prepared_inserts", {})
    kind = type(row), on_conflict
    if kind not in made:
        made[kind] = _insert_sql(row, on_conflict, connection)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _given(row)]
    with connection.cursor() as cursor:
        cursor.execute(made[kind], values)
        returned = cursor.fetchone()
    if returned is None:
        return False
    row.pk = returned[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return True


def _given(row: Model) -> list[Any]:
    return [field for field in row._meta.local_concrete_fields if not field.primary_key]


def _insert_sql(row: Model, on_conflict: OnConflict | None, connection: Any) -> str:
    query = InsertQuery(type(row), on_conflict=on_conflict)
    query.insert_values(_given(row), [row])
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [row._meta.pk]
    ((sql, parameters),) = compiler.as_sql()
    if len(parameters) != len(_given(row)):
        raise ValueError("each field has to stand in the SQL as one parameter")
    return sql
