"""Every code that is put down in 操作记录 has a word: the codes are collected from the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import cms
import courses
from cms.models import AuditEntry
from courses.desk.accounts import wording

CODE = re.compile(r"[a-z][a-z_-]+")
PLACES = [Path(cms.__file__).parent, Path(courses.__file__).parent]
# Functions whose last words are what is put down.
PUT_DOWN = {"record", "put_down", "_put_down", "_put_down_change", "_record", "_set_account"}
NAMES = {"detail", "export_name"}
SUBJECTS = [model._meta.model_name for model in apps.get_models()]


def literals(node: ast.AST | None) -> Iterator[str]:
    """Return the words that stand in an expression, those of an f-string without what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from CODE.findall(node.value)
    elif isinstance(node, ast.JoinedStr):
        plain = "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)
        yield from (each for each in plain.split() if CODE.fullmatch(each))
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def details_in(tree: ast.AST) -> Iterator[str]:
    """Return the codes that a file puts down."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in PUT_DOWN and node.args:
                yield from literals(node.args[-1])
            for keyword in node.keywords:
                if keyword.arg == "detail":
                    yield from literals(keyword.value)
        elif isinstance(node, ast.Assign) and any(getattr(each, "id", "") in NAMES for each in node.targets):
            yield from literals(node.value)


def codes() -> set[str]:
    """Return every code of the source."""
    files = (path for place in PLACES for path in place.rglob("*.py") if "migrations" not in path.parts)
    trees = (ast.parse(path.read_text("utf-8")) for path in files)
    return {code for tree in trees for code in details_in(tree)}


def said(code: str, subject: str) -> str:
    return wording.detail(AuditEntry(subject=subject, detail=code))


def test_the_source_is_read():
    assert {"published", "renewed", "classes", "account-linked", "idle", "left_on", "sign"} <= codes()


def test_every_code_has_a_word():
    # What links two numbers is said in a sentence of its own, see below.
    linking = {"into", "from", "unmerged", "of"}
    wordless = {code for code in codes() - linking if all(code == said(code, each) for each in SUBJECTS)}
    assert wordless == set()


@pytest.mark.parametrize("code", ["into 12", "from 12", "unmerged 12", "plan 3 of 10"])
def test_codes_that_only_make_sense_together(code):
    assert not re.search("[a-z]", said(code, "learner"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("moved", "改了时间或地点"),
        ("cancelled", "取消"),
        ("restored", "恢复"),
        ("made-up", "补课"),
        ("teacher", "换老师"),
    ],
)
def test_what_happened_to_a_session(code, words):
    assert said(code, "classsession") == words
