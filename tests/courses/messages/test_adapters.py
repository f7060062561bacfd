"""The adapters that ship: what they show, what they keep, and that a key is taken once."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from courses.jobs import purge_message_files
from courses.services.messages.adapters import Console, FileFolder, TryLater, the_adapter
from tests.factories.messages import GATEWAY, Gateway


@pytest.fixture
def folder(settings, tmp_path):
    settings.MESSAGES_ADAPTER, settings.MESSAGES_FOLDER = "file", tmp_path / "messages"
    return tmp_path / "messages"


@pytest.mark.parametrize(
    ("name", "made"), [("console", Console), ("file", FileFolder), (GATEWAY, Gateway), ("", type(None))]
)
def test_the_setting_names_it(settings, name, made):
    settings.MESSAGES_ADAPTER = name
    assert type(the_adapter()) is made


@pytest.mark.parametrize("name", ["pigeon", "tests.nowhere.Gateway"])
def test_what_is_not_there_is_said(settings, name):
    settings.MESSAGES_ADAPTER = name
    with pytest.raises(ImproperlyConfigured, match=name):
        the_adapter()


def test_the_console_shows_the_number_masked_and_a_key_once(capsys):
    for _ in range(2):
        Console().send("7", "13800001111", "报上了。")
    assert capsys.readouterr().out == "短信 138****1111 报上了。\n"


def test_a_file_for_each_message_that_only_its_owner_reads(folder):
    FileFolder().send("7", "13800001111", "报上了。")
    (file,) = folder.iterdir()
    assert file.name == "7.txt"
    assert file.read_text(encoding="utf-8") == "13800001111\n报上了。\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_key_is_written_once(folder):
    adapter = FileFolder()
    adapter.send("7", "13800001111", "一")
    adapter.send("7", "13800001111", "二")
    assert [file.read_text(encoding="utf-8") for file in folder.iterdir()] == ["13800001111\n一\n"]


def test_of_two_at_once_one_writes(folder, monkeypatch):
    adapter = FileFolder()
    adapter.send("7", "13800001111", "一")
    monkeypatch.setattr(Path, "exists", lambda path: False)
    adapter.send("7", "13800001111", "二")
    assert [file.read_text(encoding="utf-8") for file in folder.iterdir()] == ["13800001111\n一\n"]


def test_a_full_disk_is_tried_later_without_the_number(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left", "13800001111")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(TryLater) as refused:
        FileFolder().send("7", "13800001111", "一")
    assert "13800001111" not in str(refused.value)
    assert list(folder.iterdir()) == []


def test_a_folder_that_everybody_sees_is_refused(settings):
    settings.MESSAGES_FOLDER = Path(settings.MEDIA_ROOT) / "messages"
    with pytest.raises(ImproperlyConfigured, match="MESSAGES_FOLDER"):
        FileFolder()


def test_old_files_go(folder):
    adapter = FileFolder()
    for key in ("1", "2"):
        adapter.send(key, "13800001111", "一")
    old = (timezone.now() - timedelta(days=31)).timestamp()
    os.utime(folder / "1.txt", (old, old))
    purge_message_files()
    assert [file.name for file in folder.iterdir()] == ["2.txt"]


def test_without_files_there_is_nothing_to_purge(settings):
    settings.MESSAGES_ADAPTER = ""
    purge_message_files()
