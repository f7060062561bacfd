"""An .xlsx before anything reads it: a zip that must be small, without macros, without tricks of XML.

A reader makes room for every cell up to the last one: a single cell far away would take all memory. So the cells'
places are looked at first.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from courses.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 500
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 5000
# Titles, notes and gaps come on top of the rows of the table.
LAST_ROW = MAX_ROWS + 1000
LAST_COLUMN = 200
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
)
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_NAMED = re.compile(rb"\sr\s*=")
SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为 .xlsx，再传一次。"


def check_archive(data: bytes) -> None:
    """Raise Refused unless the bytes are an .xlsx that is harmless to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename for entry in archive.infolist()]
            _check_names(names)
            for part in _parts(archive):
                _check_part(part)
    except BROKEN_ZIP:
        raise Refused("broken-file", f"这个文件坏了，或者没传完。{SAVE_AGAIN}") from None


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_ENTRIES:
        raise Refused(
            "too-many-entries", f"这个文件里的东西太多了，最多 {MAX_ENTRIES} 件。请把图片删掉，再传一次。"
        )
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets" in name.lower() for name in names):
        raise Refused("has-macros", "这个文件带宏，不能收。请另存为“Excel 工作簿（.xlsx）”，再传一次。")
    if any(name.startswith("word/") for name in names):
        raise Refused(
            "not-a-sheet", "这是 Word 文件。请把表格复制到 Excel 或 WPS 表格里，存成 .xlsx，再传一次。"
        )
    if "xl/workbook.xml" not in names:
        raise Refused("not-a-sheet", f"这不是 .xlsx 表格。{SAVE_AGAIN}")


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the unpacked parts, never more than is allowed: the size a zip claims may be a lie."""
    left = MAX_UNPACKED
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            most = MAX_UNPACKED // 1024 // 1024
            raise Refused(
                "too-big-unpacked", f"这个文件解开来太大了，最多 {most} MB。请把图片删掉，再传一次。"
            )
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield part


def _check_part(part: bytes) -> None:
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in part[:64]:
        raise Refused("odd-file", f"这个文件的写法少见，不能收。{SAVE_AGAIN}")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("has-dtd", f"这个文件里有不该有的东西（DTD），不能收。{SAVE_AGAIN}")
    if b"macroEnabled" in part:
        raise Refused("has-macros", "这个文件带宏，不能收。请另存为“Excel 工作簿（.xlsx）”，再传一次。")
    if b"sheetData" in part:
        _check_places(part)


def _check_places(sheet: bytes) -> None:
    row = column = 0
    for tag in _TAG.finditer(sheet):
        attributes = b" " + tag[2]
        place = _PLACE.search(attributes)
        if (
            attributes.count(b'"') % 2
            or attributes.count(b"'") % 2
            or (not place and _NAMED.search(attributes))
        ):
            raise Refused("odd-file", f"这个文件的写法少见，不能收。{SAVE_AGAIN}")
        if tag[1] == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
            continue
        column = _column(place[1]) if place else column + 1
        # What is only coloured takes no room.
        if not attributes.endswith(b"/"):
            _check_place(int(place[2]) if place else row, column)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_place(row: int, column: int) -> None:
    if row > LAST_ROW:
        raise Refused("too-many-rows", f"行数太多了，一张表最多 {MAX_ROWS} 行。请分成几个文件。")
    if column > LAST_COLUMN:
        raise Refused("too-many-columns", f"列数太多了，最多 {LAST_COLUMN} 列。请删掉右边用不到的列。")
