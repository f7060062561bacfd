"""Holding something that is no row: by a number, until the transaction ends, alone or together with others."""

from django.db import connection

from cms.services.prepared import Read, Statement, rows_together

_ALONE = Statement("SELECT pg_advisory_xact_lock(%s, %s)")
_WITH_OTHERS = Statement("SELECT pg_advisory_xact_lock_shared(%s, %s)")


def hold_named(kind: int, number: int, *, alone: bool = True) -> None:
    """Wait until nobody holds this alone, or, to have it alone, until nobody holds it at all. In a transaction.

    ``kind`` keeps things of one sort apart from others; both are 32 bits with a sign. SQLite lets one transaction
    write at a time anyway.
    """
    rows_together(*to_hold(kind, number, alone=alone))


def to_hold(kind: int, number: int, *, alone: bool = True) -> list[Read]:
    """Return what holds this as `hold_named` does, to be put before reads in one `rows_together`."""
    if connection.vendor != "postgresql":
        return []
    return [(_ALONE if alone else _WITH_OTHERS, kind, number)]
