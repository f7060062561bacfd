"""Uploaded bytes → grids of cells. Refuses what cannot be read safely, and says what to do instead."""

import csv
import io
import re
from pathlib import PurePath

from python_calamine import CalamineError, load_workbook

from courses.errors import Refused
from courses.rules.sheets.cells import CellValue
from courses.rules.sheets.grid import Grid, Merged
from courses.services.sheets.archive import (
    LAST_COLUMN,
    LAST_ROW,
    MAX_BYTES,
    MAX_ROWS,
    SAVE_AGAIN,
    check_archive,
)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED_ENDINGS = {
    ".xls": f"这是旧格式的 .xls。{SAVE_AGAIN}",
    ".et": f"这是 WPS 自己的格式。{SAVE_AGAIN}",
    ".xlsm": "这个文件带宏，不能收。请另存为“Excel 工作簿（.xlsx）”，再传一次。",
    ".xlsb": f"这是 .xlsb 格式。{SAVE_AGAIN}",
    ".doc": "这是 Word 文件。请把表格复制到 Excel 或 WPS 表格里，存成 .xlsx，再传一次。",
    ".docx": "这是 Word 文件。请把表格复制到 Excel 或 WPS 表格里，存成 .xlsx，再传一次。",
    ".pdf": "PDF 里的表格读不了。请找到原来的 Excel 文件，再传一次。",
}
CHARSETS = ("utf-8-sig", "gb18030")
# Excel writes 3.10 as 3.1 into a CSV: there it is as lost as in a number cell.
_LOST = re.compile(r"\d{1,2}\.\d")


def open_sheets(data: bytes, *, name: str) -> list[Grid]:
    """Return the sheets of an uploaded .xlsx, or the one of a .csv. Raises Refused."""
    ending = PurePath(name.lower()).suffix
    if ending in REFUSED_ENDINGS:
        raise Refused("wrong-format", REFUSED_ENDINGS[ending])
    if len(data) > MAX_BYTES:
        raise Refused("too-big", f"文件太大了，最多 {MAX_BYTES // 1024 // 1024} MB。请把图片删掉，再传一次。")
    if not data.strip():
        raise Refused("empty", "这个文件是空的。请看看选对了没有。")
    if data.startswith(ZIP):
        check_archive(data)
        return _from_xlsx(data)
    if data.startswith(OLE):
        raise Refused("wrong-format", f"这是旧格式的 .xls，或者设了打开密码。去掉密码，{SAVE_AGAIN}")
    if ending in {".csv", ".txt"}:
        return [_from_csv(data)]
    raise Refused("wrong-format", "只收 .xlsx 和 .csv 的表格。请选对文件，再传一次。")


def _from_xlsx(data: bytes) -> list[Grid]:
    try:
        book = load_workbook(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(each) for each in book.sheet_names]
        # Empty rows on top are kept: row numbers are to be those that people see.
        return [
            Grid(sheet.name, sheet.to_python(skip_empty_area=False), _merged(sheet.merged_cell_ranges or []))
            for sheet in sheets
        ]
    except (CalamineError, ValueError, OSError):
        raise Refused("broken-file", f"这个文件读不出来。{SAVE_AGAIN}") from None
    except BaseException as failure:
        # What the reader's Rust code raises when it gives up is no Exception.
        if type(failure).__name__ != "PanicException":
            raise
        raise Refused("broken-file", f"这个文件读不出来。{SAVE_AGAIN}") from None


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[Merged]:
    return [Merged(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def _from_csv(data: bytes) -> Grid:
    text = _decoded(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text)))
    except csv.Error:
        raise Refused("broken-file", f"这个 .csv 读不出来。{SAVE_AGAIN}") from None
    if len(rows) > LAST_ROW:
        raise Refused("too-many-rows", f"行数太多了，一张表最多 {MAX_ROWS} 行。请分成几个文件。")
    return Grid("", [[_csv_value(words) for words in row[:LAST_COLUMN]] for row in rows])


def _dialect(text: str) -> type[csv.Dialect]:
    head = text[:2000]
    return csv.excel_tab if head.count("\t") > head.count(",") else csv.excel


def _csv_value(words: str) -> CellValue:
    return float(words) if _LOST.fullmatch(words.strip()) else words


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for charset in CHARSETS:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    raise Refused("wrong-charset", f"这个 .csv 里的字认不出来。{SAVE_AGAIN}")
