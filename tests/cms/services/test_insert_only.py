"""Tables that only grow: the database itself refuses anything else, whichever way it is asked."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services.audit import record
from cms.services.insert_only import ensure_triggers, insert_only_models, missing_triggers

pytestmark = pytest.mark.django_db
TABLE = AuditEntry._meta.db_table
IS_POSTGRES = connection.vendor == "postgresql"
SQLITE = pytest.mark.skipif(IS_POSTGRES, reason="SQLite's own way")
POSTGRES = pytest.mark.skipif(not IS_POSTGRES, reason="PostgreSQL's own way")


@pytest.fixture
def entry():
    return record(AuditVerb.CREATED, by=None, detail="x")


def sql(statement: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def refused(deed) -> None:
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        deed()


def save_again(entry):
    entry.detail = "y"
    entry.save()


WAYS = {
    "save": save_again,
    "update": lambda entry: AuditEntry.objects.update(detail="y"),
    "bulk update": lambda entry: AuditEntry.objects.bulk_update([entry], ["detail"]),
    "delete": lambda entry: entry.delete(),
    "delete all": lambda entry: AuditEntry.objects.all().delete(),
    "raw update": lambda entry: sql(f"UPDATE {TABLE} SET detail = 'y'"),
    "raw delete": lambda entry: sql(f"DELETE FROM {TABLE} WHERE id = %s", entry.pk),
    "update of one column to itself": lambda entry: sql(f"UPDATE {TABLE} SET detail = detail"),
    "making it old": lambda entry: AuditEntry.objects.update(at=timezone.now() - timedelta(days=999)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_row_is_neither_changed_nor_deleted(entry, way):
    refused(lambda: WAYS[way](entry))
    assert AuditEntry.objects.get(pk=entry.pk).detail == "x"


COLUMNS = "(id, at, verb, subject, subject_id, organisation_id, address, detail)"


@SQLITE
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_no_row_is_put_over_another(entry, verb):
    values = (entry.pk, "2021-01-01 00:00:00", "created", "", "", 0, "", "y")
    refused(lambda: sql(f"{verb} INTO {TABLE} {COLUMNS} VALUES (%s,%s,%s,%s,%s,%s,%s,%s)", *values))


def test_no_row_is_put_over_another_on_conflict(entry):
    values = (entry.pk, timezone.now(), "created", "", "", 0, "", "y")
    statement = (
        f"INSERT INTO {TABLE} {COLUMNS} VALUES (%s,%s,%s,%s,%s,%s,%s,%s)"
        " ON CONFLICT (id) DO UPDATE SET detail = 'y'"
    )
    refused(lambda: sql(statement, *values))


def test_loading_a_dump_over_it_is_refused(entry, tmp_path):
    dump = json.loads(serializers.serialize("json", [entry]))
    dump[0]["fields"]["detail"] = "y"
    (tmp_path / "dump.json").write_text(json.dumps(dump), encoding="utf-8")
    with pytest.raises(DatabaseError), transaction.atomic():
        call_command("loaddata", tmp_path / "dump.json", verbosity=0)


@POSTGRES
def test_the_table_is_not_emptied():
    refused(lambda: sql(f"TRUNCATE {TABLE} CASCADE"))


def an_entry_of(days: float) -> AuditEntry:
    return AuditEntry.objects.create(at=timezone.now() - timedelta(days=days), verb=AuditVerb.CREATED)


def test_what_is_older_than_a_year_may_go():
    an_entry_of(366).delete()
    assert not AuditEntry.objects.exists()


def test_what_is_younger_may_not():
    young = an_entry_of(364)
    refused(young.delete)


def test_new_rows_are_taken(entry):
    assert record(AuditVerb.CREATED, by=None).pk != entry.pk


def drop_one() -> None:
    on = f" ON {TABLE}" if IS_POSTGRES else ""
    sql(f"DROP TRIGGER {TABLE}_no_update{on}")


def test_a_trigger_that_is_gone_is_noticed_and_made_again(entry, client):
    assert missing_triggers() == []
    drop_one()
    assert missing_triggers() == [f"{TABLE}_no_update"]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["triggers"]) == (503, False)
    ensure_triggers()
    assert missing_triggers() == []
    refused(lambda: save_again(entry))


@POSTGRES
def test_a_trigger_that_is_switched_off_is_noticed():
    sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_delete")
    assert missing_triggers() == [f"{TABLE}_no_delete"]


def test_making_them_again_changes_nothing():
    ensure_triggers()
    ensure_triggers()
    assert missing_triggers() == []


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_they_come_back_after_sqlite_wrote_the_table_anew():
    longer = models.CharField(max_length=300)
    longer.set_attributes_from_name("detail")
    with connection.schema_editor() as editor:
        editor.alter_field(AuditEntry, AuditEntry._meta.get_field("detail"), longer)
    # The control: this is what SQLite does, silently.
    assert len(missing_triggers()) == 3
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []


def test_nothing_deletes_what_is_put_down_with_it():
    """A row that goes with another would be deleted against the trigger, or by it against the other."""
    for model in insert_only_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                assert field.remote_field.on_delete is models.PROTECT, field
    assert apps.get_model("cms", "AuditEntry") in insert_only_models()
