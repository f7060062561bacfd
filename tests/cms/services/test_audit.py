"""What is put down bears who and from where; it is kept as long as the setting says, never less than a year."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services import audit
from cms.services.audit import behind_this, coming_from, purge_audit, record, subjects
from cms.settings import env
from tests.factories.people import a_designer

pytestmark = pytest.mark.django_db


def test_who_what_which_where_from_where():
    user = a_designer()
    with coming_from("203.0.113.9"):
        entry = record(AuditVerb.CHANGED, by=user, subject=user, organisation_id=7, detail="name")
    assert (entry.by, entry.verb, entry.subject, entry.subject_id) == (user, "changed", "user", str(user.pk))
    assert (entry.organisation_id, entry.address, entry.detail) == (7, "203.0.113.9", "name")


@pytest.mark.parametrize("by", [None, AnonymousUser()])
def test_nobody_and_the_clock(by):
    entry = record(AuditVerb.CHANGED, by=by)
    assert (entry.by, entry.subject, entry.address) == (None, "", "")


def test_what_is_too_long_is_cut():
    with coming_from("x" * 99):
        entry = record(AuditVerb.CHANGED, by=None, detail="y" * 999)
    entry.refresh_from_db()
    assert (len(entry.address), len(entry.detail)) == (45, 200)


def test_an_address_holds_only_within():
    with coming_from("203.0.113.9"), coming_from("198.51.100.1"):
        pass
    assert record(AuditVerb.CHANGED, by=None).address == ""


def test_behind_a_request_is_a_person_or_nobody():
    user = a_designer()
    assert behind_this() is None
    with coming_from("", lambda: user):
        assert behind_this() == user
    with coming_from("", AnonymousUser):
        assert behind_this() is None


def test_every_kind_of_thing_has_a_word():
    words = subjects()
    assert words["user"] == "账号"
    assert not [word for word in words.values() if not word]


def aged(days: float) -> AuditEntry:
    return AuditEntry.objects.create(at=timezone.now() - timedelta(days=days), verb=AuditVerb.CHANGED)


@pytest.mark.parametrize(("kept", "left"), [(365, [364, 10]), (730, [400, 364, 10])])
def test_what_is_old_enough_is_purged(settings, kept, left):
    settings.AUDIT_KEPT_DAYS = kept
    entries = {days: aged(days) for days in (800, 400, 364, 10)}
    assert purge_audit(now=timezone.now()) == len(entries) - len(left)
    assert set(AuditEntry.objects.all()) == {entries[days] for days in left}


def test_many_go_in_parts(monkeypatch, settings):
    settings.AUDIT_KEPT_DAYS = 365
    monkeypatch.setattr(audit, "PURGED_AT_ONCE", 2)
    for _ in range(5):
        aged(400)
    assert purge_audit(now=timezone.now()) == 5


def test_the_purge_does_it(settings):
    settings.AUDIT_KEPT_DAYS = 365
    aged(400)
    call_command("purge_expired")
    assert not AuditEntry.objects.exists()


def test_a_setting_cannot_shorten_the_year(monkeypatch, settings):
    monkeypatch.setenv("AUDIT_KEPT_DAYS", "364")
    with pytest.raises(ImproperlyConfigured, match="AUDIT_KEPT_DAYS 不能小于 365"):
        env.at_least("AUDIT_KEPT_DAYS", 365, default=365)
    monkeypatch.setenv("AUDIT_KEPT_DAYS", "400")
    assert env.at_least("AUDIT_KEPT_DAYS", 365, default=365) == 400
    monkeypatch.delenv("AUDIT_KEPT_DAYS")
    assert env.at_least("AUDIT_KEPT_DAYS", 365, default=365) == 365
