"""A roll call costs what those on it cost, however many learners there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.roll_call import a_held_session, put_down, seniors

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a few rows without any index")
def test_nobody_but_those_who_are_put_down_is_read():
    session = a_held_session()
    learners = seniors(session, 60)
    with connection.cursor() as cursor:
        # Without figures about its tables SQLite takes another way than it does in a real place.
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        put_down(session, *learners[:20])
    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in reads]
    steps = [step for plan in plans for *_, step in plan]
    assert any("courses_learner" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN courses_learner")] == []
