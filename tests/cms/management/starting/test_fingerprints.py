import pytest
from django.db.migrations.recorder import MigrationRecorder

from cms import hooks
from cms.management.starting import fingerprints


def test_what_is_remembered_is_unchanged_until_it_is_forgotten():
    assert not fingerprints.unchanged("thing", "abc")
    fingerprints.remember("thing", "abc")
    assert fingerprints.unchanged("thing", "abc")
    assert not fingerprints.unchanged("thing", "abd")
    fingerprints.forget("thing", "never-there")
    assert not fingerprints.unchanged("thing", "abc")


@pytest.mark.django_db
def test_a_database_that_lost_a_migration_is_noticed():
    before = fingerprints.of_migrations()
    assert fingerprints.of_migrations() == before
    MigrationRecorder.Migration.objects.filter(app="courses").delete()
    assert fingerprints.of_migrations() != before


def test_another_installed_app_is_noticed(settings, db):
    before = fingerprints.of_migrations()
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.humanize"]
    assert fingerprints.of_migrations() != before


def test_a_changed_word_in_a_package_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(fingerprints, "ask", lambda name: [[tmp_path]] if name == hooks.DEMO_CONTENT else [])
    lesson = tmp_path / "pages" / "X-1.yaml"
    lesson.parent.mkdir()
    lesson.write_text("title: 一")
    before = fingerprints.of_demo()
    assert fingerprints.of_demo() == before
    lesson.write_text("title: 二")
    assert fingerprints.of_demo() != before


def test_another_way_of_drawing_is_noticed(monkeypatch):
    before = fingerprints.of_demo()
    monkeypatch.setattr(fingerprints, "DRAWING_VERSION", -1)
    assert fingerprints.of_demo() != before


def test_another_version_of_a_package_is_noticed(monkeypatch):
    before = fingerprints.of_static()
    assert fingerprints.of_static() == before
    monkeypatch.setattr(fingerprints, "version", lambda name: "0")
    assert fingerprints.of_static() != before
