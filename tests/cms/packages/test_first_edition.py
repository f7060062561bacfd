"""The packages that ship with the project."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from cms.services.packages import export_package, import_package
from courses.models import LessonPage
from handbook.models import ChapterPage
from tests.factories.content import everything, files_in

ROOT = Path(__file__).parents[3]
SHIPPED = {
    "courses/saoma": ROOT / "courses/content/saoma",
    "handbook": ROOT / "handbook/content/handbook",
    "service-handbook": ROOT / "handbook/content/service-handbook",
}


def page_at(address: str) -> Page:
    return Page.objects.get(url_path=f"/home/{address}/")


def test_every_shipped_package_is_known_here():
    there = {path.parent for path in ROOT.glob("*/content/*/package.yaml")}
    assert there == set(SHIPPED.values())


def test_packages_say_the_same_of_a_shared_step():
    versions: dict[str, set[bytes]] = {}
    for folder in SHIPPED.values():
        for path in folder.glob("shared-steps/*.yaml"):
            versions.setdefault(path.name, set()).add(path.read_bytes())
    assert len(versions) > 20
    assert {name for name, texts in versions.items() if len(texts) > 1} == set()


def test_what_is_exported_is_what_is_in_the_repository(demo_site, tmp_path):
    for address, folder in SHIPPED.items():
        out = tmp_path / folder.name
        export_package(page_at(address), out)
        assert files_in(out) == files_in(folder)


def test_the_pages_are_on_line(demo_site):
    assert [page.code for page in LessonPage.objects.live().order_by("path")] == [
        f"SCAN-{n}" for n in range(1, 7)
    ]
    assert {page.code for page in ChapterPage.objects.live()} == {"H-4", "S-5"}


def test_the_second_import_changes_nothing(demo_site):
    before = everything(), list(Revision.objects.values_list("pk", flat=True))
    for folder in SHIPPED.values():
        assert import_package(folder).changes == []
    assert (everything(), list(Revision.objects.values_list("pk", flat=True))) == before


@pytest.mark.django_db
def test_a_dry_run_tells_and_changes_nothing(capsys):
    before = everything()
    call_command("import_package", str(SHIPPED["service-handbook"]), "--dry-run")
    said = capsys.readouterr().out
    assert "新建共用步骤：打开微信" in said
    assert "修改手册：志愿者服务手册（goal）" in said
    assert "新建章：" in said
    assert said.endswith("这是预览，什么也没有改。\n")
    assert everything() == before


@pytest.mark.django_db
def test_the_commands_carry_a_book_there_and_back(capsys, tmp_path):
    call_command("import_package", str(SHIPPED["service-handbook"]))
    call_command("export_package", "service-handbook", str(tmp_path / "out"))
    assert files_in(tmp_path / "out") == files_in(SHIPPED["service-handbook"])
    call_command("export_package", "/service-handbook/", str(tmp_path / "new" / "book.zip"))
    capsys.readouterr()
    call_command("import_package", str(tmp_path / "new" / "book.zip"))
    assert capsys.readouterr().out == "都已经有了，没有要改的。\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "reason"), [("nowhere", "没有地址是“nowhere”的页面"), ("courses", "不是课程模块，也不是手册")]
)
def test_export_says_what_it_cannot_export(page, reason, tmp_path):
    with pytest.raises(CommandError, match=reason):
        call_command("export_package", page, str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.django_db
def test_export_overwrites_no_folder(tmp_path):
    (tmp_path / "mine.txt").write_text("我的")
    with pytest.raises(CommandError, match="已经有东西了"):
        call_command("export_package", "handbook", str(tmp_path))
    assert files_in(tmp_path) == {"mine.txt": "我的".encode()}
