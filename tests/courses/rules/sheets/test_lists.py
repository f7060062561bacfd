"""Several names in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.lists import MOST_NAMES, read_names
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL

KNOWN = {"王芳", "李明", "李 明", "王芳 T1", "扫码付钱，三看再按"}


def names(written):
    return read_names(written, is_known=KNOWN.__contains__)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("王芳", ["王芳"]),
        ("王芳、李明", ["王芳", "李明"]),
        ("王芳,李明；王芳", ["王芳", "李明"]),
        ("王芳\n李明\n", ["王芳", "李明"]),
        ("王芳/ 李明", ["王芳", "李明"]),
        ("王芳 李明", ["王芳", "李明"]),
        ("王芳 T1 李 明", ["王芳 T1", "李 明"]),
        ("王芳、没有 人", ["王芳", "没有 人"]),
        ("扫码付钱，三看再按；王芳", ["扫码付钱，三看再按", "王芳"]),
        *((nothing, []) for nothing in ("", None, "无", "待定", "/", "—")),
    ],
)
def test_names(written, found):
    assert names(written) == found


@given(st.lists(st.sampled_from(["王芳", "李明"]), min_size=1, max_size=9), st.sampled_from("、,，;；/\n "))
def test_each_name_once_in_its_order(written, divider):
    assert names(divider.join(written)) == list(dict.fromkeys(written))


def test_too_many():
    written = "、".join(f"人{number}" for number in range(MOST_NAMES + 1))
    assert "太多了" in names(written).problem


@given(ANY_CELL)
def test_nothing_raises(value):
    assert isinstance(names(value), list | Unclear)
