"""Finding the table in a sheet that people made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.grid import Grid, Merged
from courses.rules.sheets.tables import Column, Table, find_table
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL

COLUMNS = (
    Column("number", "序号"),
    Column("school", "办学单位", ("学习点",)),
    Column("title", "班级名称", ("班名",), is_needed=True),
    Column("dates", "起止日期"),
    Column("time", "上课时间", is_needed=True),
)
HEAD = ["序号", "办学单位", "班级名称", "起止日期", "上课时间"]
ROW = [1.0, "田林", "微信班", "3.1-6.30", "周三 14:00-15:30"]


def found(*rows, merged=()):
    return find_table(Grid("表", [list(row) for row in rows], [Merged(*each) for each in merged]), COLUMNS)


def titles(table):
    return [(row.number, row.text("title")) for row in table.rows]


def test_a_plain_table():
    table = found(HEAD, ROW)
    assert titles(table) == [(2, "微信班")]
    assert table.found == {column.key for column in COLUMNS}


def test_below_titles_and_gaps():
    title = ["田林街道社区学校 2021 年春季开班计划表", None, None, None, None]
    table = found(title, ["填报：2021年2月"], [], HEAD, ROW, merged=[(0, 0, 0, 4)])
    assert titles(table) == [(5, "微信班")]
    assert table.skipped == []


def test_a_head_of_two_lines():
    upper = ["序号", "办学单位", "班级名称", "上课安排", None]
    lower = [None, None, None, "起止日期", "上课时间"]
    for merged in ([], [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4)]):
        table = found(upper, lower, ROW, merged=merged)
        assert titles(table) == [(3, "微信班")]
        assert table.rows[0].text("time") == "周三 14:00-15:30"


@pytest.mark.parametrize(
    "head", ["班 级 名 称", "班级名称*", "班级名称：", "班级名称（必填）", "班名", "班名/班号"]
)
def test_names_of_columns(head):
    assert titles(found(["序号", "办学单位", head, "上课时间"], [1, "田林", "微信班", "周三"])) == [
        (2, "微信班")
    ]


def test_merged_cells_hold_for_every_row():
    table = found(
        HEAD,
        ROW,
        [2, None, "支付班", None, "周四"],
        [3, "康健", "打车班", None, "周五"],
        merged=[(1, 1, 2, 1)],
    )
    assert [row.text("school") for row in table.rows] == ["田林", "田林", "康健"]


@pytest.mark.parametrize(
    "remark",
    [
        ["合计", None, "2 个班", None, "16"],
        [None, "合 计", "2 个班"],
        ["以下空白", "以下空白"],
        ["注：请携带手机", "第二句"],
        ["填表人：张三", None, "审核人：李四"],
        ["例", "田林", "微信班", "3.1-6.30", "周三"],
        HEAD,
    ],
)
def test_what_is_no_class_is_told(remark):
    table = found(HEAD, ROW, remark, [], [2, "田林", "支付班", None, "周四"])
    assert titles(table) == [(2, "微信班"), (5, "支付班")]
    assert [number for number, _ in table.skipped] == [3]


def test_a_row_without_anything_needed_is_no_class():
    table = found(HEAD, ROW, [2, "田林", None, "3.1", None])
    assert titles(table) == [(2, "微信班")]
    assert table.skipped == [(3, "2 田林 3.1")]


def test_headings_inside():
    table = found(HEAD, ["一居委", None], ROW, ["二居委"], ROW, merged=[(1, 0, 1, 4)])
    assert [row.group for row in table.rows] == ["一居委", "二居委"]
    assert table.skipped == [(2, "一居委"), (4, "二居委")]


def test_a_needed_column_that_is_missing():
    assert "“上课时间”" in found(HEAD[:4], ROW[:4]).problem


@pytest.mark.parametrize("rows", [[], [["随便写写"]], [ROW, ROW]])
def test_no_table(rows):
    assert "没找到表头" in found(*rows).problem


def test_merged_cells_that_overlap_end():
    rows = [[1] * 50 for _ in range(50)]
    grid = Grid("表", rows, [Merged(0, 0, 10**6, 10**6)] * 10**5)
    assert len(grid.unmerged().rows) == 50


MERGED = st.builds(Merged, *[st.integers(0, 9)] * 4)


@given(
    st.lists(st.lists(st.one_of(ANY_CELL, st.sampled_from(HEAD)), max_size=8), max_size=8), st.lists(MERGED)
)
def test_nothing_raises(rows, merged):
    assert isinstance(find_table(Grid("表", rows, merged), COLUMNS), Table | Unclear)
