"""Lists as tables to take away: safe to open, readable in Excel."""

from collections.abc import Iterator
from typing import Any

# What makes a program take a cell for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """Return a cell's value as words that no program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class SafeTableMixin:
    """Wagtail's XLSX holds no formula; its CSV could, and Excel takes it for another language's letters."""

    def write_csv_row(self, writer, row_dict):
        return super().write_csv_row(writer, {name: harmless(value) for name, value in row_dict.items()})

    def stream_csv(self, queryset) -> Iterator[bytes]:
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)
