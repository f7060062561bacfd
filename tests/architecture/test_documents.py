"""What others have to know by name is named in the documents."""

import re
from functools import cache

import pytest

from cms import hooks
from tests.architecture.sources import ROOT, files, shown

HOOKS = {name: value for name, value in vars(hooks).items() if name.isupper() and isinstance(value, str)}
COMMANDS = sorted(path.stem for path in files("management/commands/*.py") if path.stem != "__init__")
VARIABLE = re.compile(r"env\.(?:text|flag|number|at_least|items|secrets?|database|cache)\(\s*\"([A-Z_]+)\"")


@cache
def documented_words() -> frozenset[str]:
    paths = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").iterdir()]
    texts = (path.read_text(encoding="utf-8") for path in paths if path.is_file())
    return frozenset(re.findall(r"[A-Za-z_]+", "\n".join(texts)))


def missing(names) -> list[str]:
    return sorted(set(names) - documented_words())


def users(word: str) -> list[str]:
    pattern = re.compile(rf"\b{word}\b")
    return [shown(path) for path in files("*.py") if pattern.search(path.read_text(encoding="utf-8"))]


def test_there_are_hooks_and_commands():
    assert len(HOOKS) >= 5
    assert {"up", "run_jobs", "seed", "seed_demo", "import_package", "export_package"} <= set(COMMANDS)


def test_every_hook_is_documented():
    assert missing(HOOKS) == []


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_asked(name):
    assert set(users(name)) - {"cms/hooks.py"}


def test_every_command_is_documented():
    assert missing(COMMANDS) == []


def test_every_variable_of_the_environment_is_documented():
    readers = [path for path in files("*.py") if shown(path) != "cms/settings/test.py"]
    variables = [name for path in readers for name in VARIABLE.findall(path.read_text(encoding="utf-8"))]
    assert len(variables) > 5
    assert missing(variables) == []
