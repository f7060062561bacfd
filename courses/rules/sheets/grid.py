"""A sheet as it was read: its cells in rows, and which of them are merged."""

from dataclasses import dataclass, field

from courses.rules.sheets.cells import CellValue, is_blank, key_of


@dataclass(frozen=True)
class Merged:
    """A rectangle of cells shown as one; all four borders included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """The cells of a sheet. Row 0 is the sheet's first row, so that row numbers are those people see, less one."""

    name: str
    rows: list[list[CellValue]]
    merged: list[Merged] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> CellValue:
        """Return what stands in a cell, None beyond the border."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else None

    def unmerged(self) -> "Grid":
        """Return the sheet with the words of merged cells in each of their cells."""
        width = self.width
        rows = [[*cells, *[None] * (width - len(cells))] for cells in self.rows]
        # Merged cells never overlap; a file that says so would keep us busy for ever.
        left = len(rows) * width
        for area in self.merged:
            height, across = (
                min(area.bottom + 1, len(rows)) - area.top,
                min(area.right + 1, width) - area.left,
            )
            left -= max(height, 0) * max(across, 0)
            if left < 0:
                break
            value = self.value(area.top, area.left)
            for row in rows[area.top : area.bottom + 1]:
                last = min(area.right + 1, width)
                row[area.left : last] = [value] * max(last - area.left, 0)
        return Grid(self.name, rows)

    def words_of(self, row: int) -> list[str]:
        """Return the different words of a row, in order, for recognising what kind of row it is."""
        return list(dict.fromkeys(key_of(value) for value in self.rows[row] if not is_blank(value)))
