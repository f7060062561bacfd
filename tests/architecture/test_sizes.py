"""Files and functions stay small enough to read at one go."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.sources import files, lines, shown


def too_long(pattern: str, limit: int) -> dict[str, int]:
    return {shown(path): lines(path) for path in files(pattern) if lines(path) > limit}


@pytest.mark.parametrize(
    ("pattern", "limit"), [("*.py", 400), ("templates/**/*.html", 150), ("static/**/*.css", 180)]
)
def test_no_file_is_longer_than(pattern, limit):
    assert too_long(pattern, limit) == {}


def test_python_files_are_short_as_a_rule():
    sizes = [lines(path) for path in files("*.py") if path.name != "__init__.py"]
    assert len(sizes) > 20
    assert median(sizes) <= 75


def function_lengths(path: Path) -> dict[str, int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {
        f"{shown(path)}:{node.name}:{node.lineno}": node.end_lineno - node.lineno + 1 for node in functions
    }


def all_function_lengths() -> dict[str, int]:
    return {name: length for path in files("*.py") for name, length in function_lengths(path).items()}


def test_no_function_is_longer_than_50_lines():
    assert {name: length for name, length in all_function_lengths().items() if length > 50} == {}


def test_functions_are_short_as_a_rule():
    assert median(all_function_lengths().values()) <= 10
