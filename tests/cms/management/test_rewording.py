"""A reworded label is no migration; a changed column still is."""

import pytest
from django.core.management import call_command

from cms.models import SharedStep
from courses.models import LessonPage

pytestmark = pytest.mark.django_db


def needs_a_migration() -> bool:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        return True
    return False


def test_the_models_as_they_stand_need_no_migration():
    assert not needs_a_migration()


@pytest.mark.parametrize("words", ["verbose_name", "help_text"])
def test_a_reworded_label_needs_no_migration(monkeypatch, words):
    monkeypatch.setattr(LessonPage._meta.get_field("goal"), words, "别的说法")
    assert not needs_a_migration()


def test_a_renamed_model_needs_no_migration(monkeypatch):
    monkeypatch.setitem(SharedStep._meta.original_attrs, "verbose_name", "大家的步骤")
    assert not needs_a_migration()


def test_a_changed_column_does_need_one(monkeypatch):
    monkeypatch.setattr(LessonPage._meta.get_field("goal"), "max_length", 61)
    assert needs_a_migration()
