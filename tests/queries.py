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


def of_one_as_of_three(add: Callable[[int], Any], ask: Callable[[], Any]) -> int:
    """Return how many ``ask`` takes with one thing there, after making sure that it takes as many with three.

    ``add`` puts another thing there; it is given 0, 1, 2.
    """
    add(0)
    one = queries_of(ask)
    add(1)
    add(2)
    three = queries_of(ask)
    assert three == one, f"{one} questions for one, {three} for three"
    return one
