"""Tables whose rows are only ever added: the database itself refuses to change or delete one.

A model says so: ``insert_only = True``, and with ``kept_days`` that rows older than so many days may be purged (``at``
is when a row was made). The triggers are made after every ``migrate``: SQLite drops them silently whenever a
column is added or changed, because it then writes the table anew.
"""

from django.apps import apps
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "insert-only"


def insert_only_models() -> list[type[models.Model]]:
    """Return every model whose rows are only added."""
    return [model for model in apps.get_models() if getattr(model, "insert_only", False)]


def ensure_triggers(using: BaseDatabaseWrapper = connection) -> None:
    """Make the triggers that are missing, on every insert-only table that exists."""
    there = set(using.introspection.table_names())
    make = _in_postgres if using.vendor == "postgresql" else _in_sqlite
    with using.cursor() as cursor:
        for model in insert_only_models():
            if model._meta.db_table in there:
                for statement in make(model):
                    cursor.execute(statement)


def missing_triggers(using: BaseDatabaseWrapper = connection) -> list[str]:
    """Return the names of triggers that should be there and are not."""
    wanted = {name for model in insert_only_models() for name in _names(model, using.vendor)}
    question = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if using.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with using.cursor() as cursor:
        cursor.execute(question)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def _names(model: type[models.Model], vendor: str) -> list[str]:
    table = model._meta.db_table
    return [
        f"{table}_no_{what}"
        for what in ("update", "delete", "truncate" if vendor == "postgresql" else "replace")
    ]


def _in_sqlite(model: type[models.Model]) -> list[str]:
    """Also against INSERT OR REPLACE, which deletes without telling the trigger on deletions."""
    table, key = model._meta.db_table, model._meta.pk.column
    update, delete, replace = _names(model, "sqlite")
    days = getattr(model, "kept_days", None)
    young = f"WHEN OLD.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{days} days')" if days else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    is_there = f'SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}"'  # noqa: S608
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{update}" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER IF NOT EXISTS "{delete}" BEFORE DELETE ON "{table}" {young} {refuse}',
        f'CREATE TRIGGER IF NOT EXISTS "{replace}" BEFORE INSERT ON "{table}" WHEN EXISTS ({is_there}) {refuse}',
    ]


def _in_postgres(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    update, delete, truncate = _names(model, "postgresql")
    days = getattr(model, "kept_days", None)
    young = f"WHEN (OLD.at > now() - interval '{days} days')" if days else ""
    refuse = "EXECUTE FUNCTION suishen_insert_only()"
    return [
        "CREATE OR REPLACE FUNCTION suishen_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        f'CREATE OR REPLACE TRIGGER "{update}" BEFORE UPDATE ON "{table}" FOR EACH ROW {refuse}',
        f'CREATE OR REPLACE TRIGGER "{delete}" BEFORE DELETE ON "{table}" FOR EACH ROW {young} {refuse}',
        f'CREATE OR REPLACE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {refuse}',
    ]
