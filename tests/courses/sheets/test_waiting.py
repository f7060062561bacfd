"""Uploads that wait to be agreed to: only for who uploaded them, and for a day."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from courses.jobs import purge_sheets
from courses.services.sheets import waiting
from tests.factories.people import a_designer, a_reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_only_who_uploaded_it_finds_it():
    mine, other = a_designer(), a_reviewer()
    token = waiting.keep(b"PK\x03\x04...", by=mine)
    assert waiting.fetch(token, by=mine) == (b"PK\x03\x04...", "sheet.xlsx")
    assert waiting.fetch(token, by=other) is None
    waiting.forget(token, by=other)
    assert waiting.fetch(token, by=mine)
    waiting.forget(token, by=mine)
    waiting.forget(token, by=mine)
    assert waiting.fetch(token, by=mine) is None


def test_a_csv_stays_one():
    mine = a_designer()
    assert waiting.fetch(waiting.keep("序号".encode(), by=mine), by=mine)[1] == "sheet.csv"


@pytest.mark.parametrize("token", ["", "../../db.sqlite3", "0" * 31, "G" * 32, "0" * 32])
def test_no_other_file_is_found(token):
    mine = a_designer()
    assert waiting.fetch(token, by=mine) is None
    waiting.forget(token, by=mine)


def test_it_lies_where_nobody_is_served_from():
    waiting.keep(b"PK", by=a_designer())
    (path,) = waiting.folder().iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert waiting.folder().stat().st_mode & 0o777 == 0o700
    assert not path.is_relative_to(Path(django_settings.MEDIA_ROOT))


def test_after_a_day_it_is_gone():
    mine = a_designer()
    token = waiting.keep(b"PK", by=mine)
    purge_sheets()
    assert waiting.fetch(token, by=mine)
    assert waiting.purge(now=timezone.now() + timedelta(hours=25)) == 1
    assert waiting.fetch(token, by=mine) is None
