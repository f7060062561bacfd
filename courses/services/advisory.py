"""Holding something that is no row: by a number, until the transaction ends, alone or together with others."""

from django.db import connection


def hold_named(kind: int, number: int, *, alone: bool = True) -> None:
    """Wait until nobody holds this alone, or, to have it alone, until nobody holds it at all. In a transaction.

    ``kind`` keeps things of one sort apart from others; both are 32 bits with a sign. SQLite lets one transaction
    write at a time anyway.
    """
    if connection.vendor != "postgresql":
        return
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [kind, number])
