"""QR codes as drawings that stand in the page itself: one path, no picture to fetch, no inline style."""

from itertools import groupby
from typing import NamedTuple

import segno

# Readers want this much white around it (ISO/IEC 18004).
QUIET = 4


class Qr(NamedTuple):
    """A code: how many modules wide, and the path of the dark ones."""

    width: int
    path: str

    @property
    def whole(self) -> int:
        """The width with the quiet zone on both sides."""
        return self.width + 2 * QUIET

    @property
    def view_box(self) -> str:
        """The drawing's own measure, one unit a module."""
        return f"{-QUIET} {-QUIET} {self.whole} {self.whole}"


def qr_of(words: str) -> Qr:
    """Return the code for ``words``; a quarter of it may be scratched or dirty, as a sign at a door is."""
    rows = segno.make_qr(words, error="q").matrix
    return Qr(len(rows), "".join(_row(y, bytes(row)) for y, row in enumerate(rows)))


def _row(y: int, row: bytes) -> str:
    """Return one row's dark runs as closed boxes."""
    path, x = "", 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        path += f"M{x} {y}h{length}v1h-{length}z" if is_dark else ""
        x += length
    return path
