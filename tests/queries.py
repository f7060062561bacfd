"""How many questions something asks the database: for tests that it asks as many of three things as of one."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(call: Callable[[], Any]) -> int:
    """Return how many; asked once before, so that what is remembered is not counted."""
    call()
    with CaptureQueriesContext(connection) as asked:
        call()
    return len(asked)
