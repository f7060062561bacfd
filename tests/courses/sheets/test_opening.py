"""Uploaded tables: what is read, and what is refused with which words."""

import io
import zipfile

import pytest

from courses.errors import Refused
from courses.rules.sheets.grid import Merged
from courses.services.sheets import archive, opening
from courses.services.sheets.opening import open_sheets
from tests.factories.sheets import a_book, with_part

ROWS = [["姓名", "电话"], ["王芳", 13800000003.0]]
FIRST_SHEET = "xl/worksheets/sheet1.xml"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


def refused(code: str, data: bytes, name: str = "计划.xlsx") -> str:
    with pytest.raises(Refused) as refusal:
        open_sheets(data, name=name)
    assert refusal.value.code == code
    return str(refusal.value)


def with_cells(cells: str) -> bytes:
    return with_part(a_book(ROWS), FIRST_SHEET, SHEET.format(cells).encode())


def test_a_book_with_two_sheets():
    grids = open_sheets(a_book(ROWS, [[], ["二"]], merged=["A1:B1"], names=["春", "秋"]), name="计划.XLSX")
    assert [grid.name for grid in grids] == ["春", "秋"]
    assert grids[0].merged == [Merged(0, 0, 0, 1)]
    assert grids[0].rows[1] == ["王芳", 13800000003.0]
    assert grids[1].rows[1][0] == "二"


def test_a_renamed_file_is_known_by_what_it_holds():
    assert open_sheets(a_book(ROWS), name="计划(1).csv")[0].rows[0][0] == "姓名"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_any_charset(charset):
    (grid,) = open_sheets("姓名,日期\r\n王芳,3.1\r\n".encode(charset), name="名单.csv")
    assert grid.rows == [["姓名", "日期"], ["王芳", 3.1]]


def test_csv_with_tabs_and_quotes():
    (grid,) = open_sheets('姓名\t备注\n王芳\t"一\n二"\n'.encode(), name="名单.csv")
    assert grid.rows[1] == ["王芳", "一\n二"]


@pytest.mark.parametrize("ending", [".xls", ".XLS", ".xlsm", ".xlsb", ".doc", ".docx", ".et", ".pdf"])
def test_formats_by_name(ending):
    assert "再传一次" in refused("wrong-format", a_book(ROWS), f"计划{ending}")


def test_old_excel_whatever_its_name():
    assert "密码" in refused("wrong-format", opening.OLE + b"\x00" * 512)


@pytest.mark.parametrize(
    ("code", "data", "name"),
    [
        ("wrong-format", b"\x89PNG\r\n", "图.png"),
        ("empty", b"", "计划.xlsx"),
        ("empty", b" \n ", "计划.csv"),
        ("wrong-charset", b"\xff\x00\x81\xff\xff", "名单.csv"),
        ("broken-file", b"PK\x03\x04 not a zip", "计划.xlsx"),
        ("broken-file", b'"' + b"a" * 200_000, "名单.csv"),
        ("too-many-rows", b"a\n" * 7000, "名单.csv"),
        ("broken-file", a_book(ROWS)[:-200], "计划.xlsx"),
    ],
)
def test_what_is_no_table(code, data, name):
    assert refused(code, data, name).endswith("。")


def test_size_limit():
    assert "5 MB" in refused("too-big", b"PK\x03\x04" + b"x" * archive.MAX_BYTES)


def test_a_zip_with_too_many_parts():
    buffer = io.BytesIO(a_book(ROWS))
    with zipfile.ZipFile(buffer, "a") as zipped:
        for number in range(500):
            zipped.writestr(f"xl/media/{number}.png", b"")
    assert "500" in refused("too-many-entries", buffer.getvalue())


def test_a_zip_that_is_huge_inside():
    assert "60 MB" in refused(
        "too-big-unpacked", with_part(a_book(ROWS), "xl/media/1.png", bytes(61 * 1024**2))
    )


def test_macros():
    assert "带宏" in refused("has-macros", with_part(a_book(ROWS), "xl/vbaProject.bin", b"x"))
    kind = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "带宏" in refused("has-macros", with_part(a_book(ROWS), "[Content_Types].xml", kind))


TYPES = [b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', b"<?xml version='1.0'?>" + b" " * 9999 + b"<!DOCTYPE a>"]


@pytest.mark.parametrize("tricks", TYPES)
def test_document_types(tricks):
    refused("has-dtd", with_part(a_book(ROWS), "xl/styles.xml", tricks))


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be"])
def test_xml_in_an_odd_charset(charset):
    refused("odd-file", with_part(a_book(ROWS), "xl/styles.xml", "<!DOCTYPE a>".encode(charset)))


def test_a_document_renamed():
    assert "Word" in refused("not-a-sheet", with_part(a_book(ROWS), "word/document.xml", b"<a/>"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr("content.xml", "<a/>")
    refused("not-a-sheet", buffer.getvalue())


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("too-many-rows", '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        ("too-many-rows", "<row r='1048576'><c><v>1</v></c></row>"),
        ("too-many-columns", '<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        ("too-many-columns", f'<row r="1">{"<c><v>1</v></c>" * 300}</row>'),
        ("odd-file", '<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>'),
        ("odd-file", '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>'),
    ],
)
def test_cells_far_away_would_take_all_memory(code, cells):
    refused(code, with_cells(cells))


def test_cells_that_are_only_coloured_do_no_harm():
    cells = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert open_sheets(with_cells(cells), name="计划.xlsx")[0].rows[0] == [7.0]


def test_a_sheet_that_cannot_be_read():
    refused("broken-file", with_part(a_book(ROWS), "xl/workbook.xml", b"<workbook><sheets><sheet"))
