"""Codes look real and can be read by nothing."""

import re

from cms.screens import draw, parse
from cms.screens.canvas import Canvas
from cms.screens.codes import MODULES, code_path, draw_bars, draw_code


def test_no_real_code_has_this_many_modules():
    assert (MODULES - 17) % 4 != 0


def test_the_modules_lie_on_the_grid_and_leave_the_corners_free():
    for column, row, run in re.findall(r"M(\d+) (\d+)h(\d+)", code_path()):
        column, row, run = int(column), int(row), int(run)
        assert column + run <= MODULES
        assert row < MODULES
        assert not (row <= 7 and (column <= 7 or column + run > 15))


def test_the_timing_line_of_a_real_code_is_missing():
    dark = {
        (int(r), int(c) + i)
        for c, r, run in re.findall(r"M(\d+) (\d+)h(\d+)", code_path())
        for i in range(int(run))
    }
    assert [(6, column) in dark for column in range(8, 15)] != [column % 2 == 0 for column in range(8, 15)]


def test_both_codes_are_one_compact_path():
    canvas = Canvas()
    draw_code(canvas, 0, 0, 100)
    square = canvas.take_shapes()
    draw_bars(canvas, 0, 0, 200, 60)
    bars = canvas.take_shapes()
    assert square.count("<path") == bars.count("<path") == 1
    assert len(square) < 1400
    assert len(bars) < 1200


def test_the_label_of_a_code_is_not_in_its_modules():
    first, second = (
        draw(parse(f"二维码 {label}")).svg.partition("scale(")[2].partition('"/>')[0]
        for label in ("给店家扫", "别的字")
    )
    assert first == second
