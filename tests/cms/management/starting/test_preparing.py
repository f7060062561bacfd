from pathlib import Path

import pytest

from cms.management.starting import preparing
from cms.management.starting.preparing import prepare


@pytest.fixture
def called(monkeypatch, settings) -> list[str]:
    """The commands that were called, in order; collecting static files leaves its list behind."""
    names: list[str] = []

    def call(name: str, **options) -> None:
        names.append(name)
        if name == "collectstatic":
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
            Path(settings.STATIC_ROOT, "staticfiles.json").touch()

    monkeypatch.setattr(preparing, "call_command", call)
    return names


@pytest.fixture(autouse=True)
def empty_state(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "static"


pytestmark = pytest.mark.django_db


def test_the_first_time_everything_is_done_and_said(called):
    said: list[str] = []
    prepare(said.append)
    assert called == ["migrate", "seed", "seed_demo", "collectstatic"]
    assert [line for line in said if line.endswith("……")] == [
        line for line in said if line.startswith("正在")
    ]
    assert len(said) == 6


def test_the_second_time_nothing_but_seed_is_called(called):
    prepare(lambda line: None)
    called.clear()
    said: list[str] = []
    prepare(said.append)
    assert called == ["seed"]
    assert said == []


def test_a_migration_makes_the_demo_load_again(called, monkeypatch):
    prepare(lambda line: None)
    called.clear()
    monkeypatch.setattr(preparing.fingerprints, "of_migrations", lambda: "another")
    prepare(lambda line: None)
    assert called == ["migrate", "seed", "seed_demo"]


def test_what_broke_off_is_done_again(called, monkeypatch):
    def break_off(name, **options):
        raise RuntimeError(name)

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "call_command", break_off)
        with pytest.raises(RuntimeError):
            prepare(lambda line: None)
    prepare(lambda line: None)
    assert called[0] == "migrate"


def test_removed_static_files_are_collected_again(called, settings):
    prepare(lambda line: None)
    called.clear()
    Path(settings.STATIC_ROOT, "staticfiles.json").unlink()
    prepare(lambda line: None)
    assert called == ["seed", "collectstatic"]


def test_with_debug_static_files_are_served_as_they_lie(called, settings):
    settings.DEBUG = True
    prepare(lambda line: None)
    assert "collectstatic" not in called
