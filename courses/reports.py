"""Tables to take away: safe to open, readable in Excel."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from cms.reports import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return the table as an Excel file; no cell of it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in [head, *rows]:
        sheet.append([harmless(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_csv(head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return the table as CSV with the mark that tells Excel its letters are UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in [head, *rows]:
        writer.writerow([harmless(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
