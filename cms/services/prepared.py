"""Reads whose SQL is made once. On the hottest path building it costs Django several times what running it costs.

Nothing else is different: the same QuerySet, the same database, the same values. For reads that are made for every
enrolment; elsewhere a QuerySet is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

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

    def run(self, given: tuple[Any, ...]) -> list[tuple]:
        if self.locks and self.compiler.connection.get_autocommit():
            # As Django says while it makes the SQL, which here it does only once.
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        values = [
            given[self.places[place]] if place in self.places else value
            for place, value in enumerate(self.parameters)
        ]
        with self.compiler.connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]


class Prepared:
    """A read with parameters: ``make`` gives its `values_list` for them. ``stands_for``: NUMBER or TEXT for each."""

    def __init__(self, make: Callable[..., QuerySet], *stands_for: Any) -> None:
        self.make = make
        self.stands_for = stands_for

    def rows(self, *given: Any) -> list[tuple]:
        """Return the rows for these parameters."""
        connection = connections[DEFAULT_DB_ALIAS]
        made = vars(connection).setdefault("prepared_reads", {})
        if self not in made:
            made[self] = self._made(connection)
        return made[self].run(given)

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


def row_names(model: type[Model]) -> list[str]:
    """Return the names to ask for when whole objects are to be made of the rows by `as_object`."""
    return [field.attname for field in model._meta.concrete_fields]


def as_object(model: type[Model], row: tuple) -> Any:
    """Return the object a row stands for, as a QuerySet would have made it."""
    return model.from_db(DEFAULT_DB_ALIAS, row_names(model), row)
