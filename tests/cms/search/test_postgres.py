"""PostgreSQL's own index over title and text."""

import pytest
from django.db import connection
from wagtail.models import Page


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an index of PostgreSQL's")
def test_postgresql_uses_its_index_even_when_most_pages_match(lesson):
    for number in range(30):
        lesson(f"地铁{number}号线")
    words = "cms_search_words(title, body)"
    with connection.cursor() as cursor:
        # What autovacuum does on a server.
        cursor.execute("SELECT gin_clean_pending_list('cms_search_words_gin')")
        cursor.execute("ANALYZE wagtailsearch_indexentry")
        cursor.execute(
            f"EXPLAIN SELECT 1 FROM wagtailsearch_indexentry WHERE {words} @@ to_tsquery('simple', '地铁')"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "cms_search_words_gin" in plan, plan
    assert "cms_search_words(" in str(Page.objects.search("地铁").get_queryset().query)
