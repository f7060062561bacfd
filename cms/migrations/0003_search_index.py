"""PostgreSQL: the index over title and text together that Wagtail's comments promise and its migrations lack.

It is on a function with a cost of its own: see `cms.search.postgres.AllWords`.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION cms_search_words(title tsvector, body tsvector) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'BEGIN RETURN title || body; END';
CREATE INDEX cms_search_words_gin ON wagtailsearch_indexentry USING gin (cms_search_words(title, body));
"""
DROP = """
DROP INDEX cms_search_words_gin;
DROP FUNCTION cms_search_words(tsvector, tsvector);
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_ground_floor"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(create, drop)]
