"""A rule's red line leaves with the package and comes back with it."""

import pytest
import yaml

from cms.enums import HandbookKind
from cms.errors import PackageError
from cms.services.packages import export_package, import_package
from handbook.models import ChapterPage
from tests.factories.books import rule
from tests.factories.pages import a_book, a_chapter, stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    book = a_book(HandbookKind.VOLUNTEERS)
    a_chapter(book, body=stream(rule("甲", red_line=True), rule("乙"), rule("丙", red_line=False)))
    export_package(book, tmp_path / "book")
    return tmp_path / "book"


def rules(folder):
    (path,) = (folder / "pages").iterdir()
    return path, yaml.safe_load(path.read_text(encoding="utf-8"))


def test_only_a_red_line_is_written(folder):
    _path, chapter = rules(folder)
    assert [block["rule"].get("red_line") for block in chapter["body"]] == [True, None, None]


def test_it_comes_back(folder):
    path, chapter = rules(folder)
    chapter["body"][1]["rule"]["red_line"] = True
    path.write_text(yaml.safe_dump(chapter, allow_unicode=True), encoding="utf-8")
    import_package(folder)
    body = ChapterPage.objects.get().body
    assert [block.value["red_line"] for block in body] == [True, True, False]
    assert import_package(folder).changes == []


def test_anything_but_yes_or_no_is_refused(folder):
    path, chapter = rules(folder)
    chapter["body"][0]["rule"]["red_line"] = "是"
    path.write_text(yaml.safe_dump(chapter, allow_unicode=True), encoding="utf-8")
    with pytest.raises(PackageError, match="true 或 false"):
        import_package(folder)
