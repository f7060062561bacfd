"""The code on a sign: the drawing shows the modules of the code, with white around them."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.qr import QUIET, qr_of

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def modules(path: str) -> set[tuple[int, int]]:
    """Return the dark modules a path covers; fails on anything that is no box of one row."""
    runs = RUN.findall(path)
    assert "".join(f"M{x} {y}h{w}v1h-{back}z" for x, y, w, back in runs) == path
    assert all(there == back for _, _, there, back in runs)
    return {(int(x) + step, int(y)) for x, y, w, _ in runs for step in range(int(w))}


@given(st.text(alphabet="abcXYZ0123456789-./:", min_size=1, max_size=80))
def test_the_drawing_is_the_code(words):
    drawn = qr_of(words)
    rows = segno.make_qr(words, error="q").matrix
    assert modules(drawn.path) == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert drawn.width == len(rows)


def test_there_is_white_around_it():
    drawn = qr_of("https://example.org/signs/ABCDEFGHJK/")
    assert drawn.view_box == f"-{QUIET} -{QUIET} {drawn.whole} {drawn.whole}"
    assert drawn.whole == drawn.width + 2 * QUIET
    assert QUIET >= 4
