"""The adapters that ship: what they show, what they keep, and that a key is taken once."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from courses.jobs import purge_message_files
from courses.services.messages.adapters import OURS, Console, FileFolder, TryLater, the_adapter
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


@pytest.mark.parametrize("used_now", ["file", "", "console", GATEWAY])
def test_old_files_and_drafts_go_whatever_is_used_now(settings, folder, used_now):
    adapter = FileFolder()
    for key in ("1", "2"):
        adapter.send(key, "13800001111", "一")
    for name in (".3-0123456789abcdef", ".4-0123456789abcdef", "list.txt"):
        (folder / name).touch()
    old = (timezone.now() - timedelta(days=31)).timestamp()
    for name in ("1.txt", ".3-0123456789abcdef", "list.txt"):
        os.utime(folder / name, (old, old))
    settings.MESSAGES_ADAPTER = used_now
    purge_message_files()
    assert {file.name for file in folder.iterdir()} == {"2.txt", ".4-0123456789abcdef", "list.txt"}


def test_a_draft_of_a_process_that_was_killed_is_one_that_goes(folder, monkeypatch):
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    FileFolder().send("7", "13800001111", "一")
    assert all(OURS.fullmatch(file.name) for file in folder.iterdir())
    assert len(list(folder.iterdir())) == 2


def test_where_no_file_ever_was_there_is_nothing_to_purge(settings, tmp_path):
    settings.MESSAGES_FOLDER = tmp_path / "nowhere"
    purge_message_files()
