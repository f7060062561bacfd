"""Which statements count as seen, and that each commit renews the version once."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F
from wagtail.models import Page

from cms.models import DrawnScreen, JargonWord, SiteSettings, StableCode
from cms.page_cache import unseen, watching
from cms.page_cache.watching import is_seen

SEEN = [
    'UPDATE "wagtailcore_page" SET "title" = %s WHERE "id" = %s',
    'UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = %s',
    "UPDATE wagtailcore_page SET path=%s||substr(path, 5), depth=depth+1 WHERE path LIKE %s",
    'INSERT INTO "cms_sharedstep" ("key") VALUES (%s)',
    'INSERT OR IGNORE INTO "cms_changenote" ("text") VALUES (%s)',
    'DELETE FROM "wagtailredirects_redirect" WHERE "id" IN (%s)',
    'DELETE FROM "cms_drawnscreen"',
    'REPLACE INTO "cms_homepage" VALUES (1)',
    'WITH new AS (SELECT 1) UPDATE "cms_homepage" SET "goal" = 1',
    "TRUNCATE cms_homepage",
    'ALTER TABLE "cms_homepage" ADD COLUMN "x" integer',
    'INSERT INTO "a_table_nobody_knows" VALUES (1)',
    "DO SOMETHING",
]
NOT_SEEN = [
    'SELECT * FROM "wagtailcore_page"',
    ' select "title" FROM "wagtailcore_page" FOR UPDATE',
    'SAVEPOINT "s1"',
    "PRAGMA foreign_keys = OFF",
    'UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s',
    "UPDATE wagtailcore_page SET numchild=numchild+1 WHERE path = %s",
    'INSERT INTO "wagtailcore_revision" ("content") VALUES (%s)',
    'UPDATE "cms_user" SET "last_login" = %s WHERE "id" = %s',
    'DELETE FROM "django_session" WHERE "expire_date" < %s',
    'INSERT OR IGNORE INTO "cms_drawnscreen" ("digest") VALUES (%s)',
    'INSERT INTO "cms_contentrendition" ("file") VALUES (%s)',
    'INSERT INTO "cms_stepfeedback" ("words") VALUES (%s)',
    'INSERT INTO "wagtailsearch_indexentry_fts" VALUES (1)',
]


@pytest.mark.parametrize("statement", SEEN)
def test_what_readers_could_see(statement):
    assert is_seen(statement)


@pytest.mark.parametrize("statement", NOT_SEEN)
def test_what_no_reader_sees(statement):
    if "_fts" in statement and connection.vendor != "sqlite":
        pytest.skip("SQLite alone keeps its search index in a table of this name")
    assert not is_seen(statement)


def test_the_names_behind_the_scenes_are_names_of_models():
    """A name that Wagtail changes would count as seen: pages stay right, but are drawn too often."""
    labels = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert labels >= watching.MODELS_BEHIND_THE_SCENES | watching.MADE_READY
    assert {label.partition(".")[0] for label in labels} >= watching.APPS_BEHIND_THE_SCENES


@pytest.fixture
def renewals(monkeypatch):
    """How often the version was renewed, as a list that grows."""
    times: list[int] = []

    class Counting:
        def renew(self):
            times.append(1)

    monkeypatch.setattr(watching, "content_version", Counting)
    return times


@pytest.mark.django_db(transaction=True)
class TestCommits:
    def test_a_write_outside_a_transaction_renews_at_once(self, renewals):
        SiteSettings.objects.update(slogan="新口号")
        assert len(renewals) == 1

    def test_many_writes_of_one_transaction_renew_once_and_at_its_end(self, renewals):
        with transaction.atomic():
            for number in range(3):
                SiteSettings.objects.update(slogan=f"口号{number}")
                with transaction.atomic():
                    SiteSettings.objects.update(campaign=f"活动{number}")
            assert renewals == []
        assert len(renewals) == 1

    def test_reading_and_work_behind_the_scenes_renew_nothing(self, renewals):
        list(Page.objects.all())
        JargonWord.objects.create(word="没有人说的词")
        StableCode.objects.create(code="MED-99")
        DrawnScreen.objects.create(source_key="k", digest="d", svg="", width=1, height=1, alt="")
        assert renewals == []

    def test_unseen_holds_only_within(self, renewals):
        with unseen():
            SiteSettings.objects.update(slogan="没人看见")
        assert renewals == []
        SiteSettings.objects.update(slogan="看得见")
        assert len(renewals) == 1

    def test_the_trees_own_statements_are_noticed(self, renewals):
        Page.objects.filter(depth=2).update(title=F("title"))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET title = title WHERE depth = 2")
            cursor.executemany("UPDATE wagtailcore_page SET title = title WHERE depth = %s", [[2], [3]])
        assert len(renewals) == 3

    def test_a_connection_made_anew_is_watched_once(self, renewals):
        connection.close()
        SiteSettings.objects.update(slogan="新口号")
        assert len(renewals) == 1
