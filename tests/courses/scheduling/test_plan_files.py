"""Files of plans: real tables, several sheets, CSV from Excel, formulas, files that are none, the oddest rows."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.rules.sheets.plan import EXAMPLE
from courses.rules.sheets.tables import Row
from courses.services.scheduling import plan_import
from courses.services.scheduling.plan_names import AtHand
from courses.services.scheduling.plan_rows import planned_row
from tests.factories.sheets import ANY_CELL, PLAN_HEAD, a_book, line
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def only(preview):
    (row,) = preview.rows
    return row


def test_a_real_table(look, load):
    merged = ["A1:S1", "A2:S2", "A3:A4", "D5:D6", "A7:S7"]
    upper = list(PLAN_HEAD.values())
    upper[8:11] = ["上课安排", None, None]
    lower = [None] * 8 + ["起止日期", "上课时间", "课次数"]
    second = line(title="支付班", time="周四下午2点-3点半", organiser=None)
    rows = [
        ["田林社区学校 2026 年秋季开班计划表"],
        ["填报单位：田林社区学校"],
        upper,
        lower,
        line(dates="９月９日－１２月３０日", time="星期三 14：00—15：30"),
        second,
        ["二居委"],
        line(title="扫码班", time="周五 9:30-11:00", remark="带手机"),
        [],
        ["合计", None, None, "3 个班", None, None, None, None, None, None, 24],
        ["以下空白"],
        ["注：请携带手机", "第二句"],
    ]
    preview = look(data=a_book(rows, merged=merged))
    assert [row.problems for row in preview.rows] == [[], [], []]
    assert [row.where for row in preview.rows] == ["第 5 行", "第 6 行", "第 8 行"]
    assert [words.partition("：")[0] for words in preview.skipped] == [
        "第 7 行",
        "第 10 行",
        "第 11 行",
        "第 12 行",
    ]
    assert preview.not_kept == ["课时数", "备注"]
    assert len(load(data=a_book(rows, merged=merged)).made) == 3


def test_several_sheets_are_one_plan(look):
    head = list(PLAN_HEAD.values())
    sheets = [[head, line()], [["说明"]], [head, line(title="支付班", time="周四 9:00-10:30")]]
    preview = look(data=a_book(*sheets, names=["九月", "说明", "十月"]))
    assert [row.where for row in preview.rows] == ["“九月”第 2 行", "“十月”第 2 行"]
    assert any("“说明”这张表没有读" in each for each in preview.skipped)


def test_a_csv_from_excel(look):
    head, cells = ",".join(PLAN_HEAD.values()), ",".join(str(cell) for cell in line())
    assert only(look(data=f"{head}\r\n{cells}\r\n".encode("gbk"), name="计划.csv")).problems == []


def test_formulas_are_only_words(look):
    row = only(look(line(title='=HYPERLINK("http://evil.example","班")', remark="=1+1")))
    assert row.title == ""
    assert "没写班级名称" in row.problems[0]


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("no-table", a_book([["姓名", "电话"], ["王芳", 1]])),
        ("no-table", a_book([])),
        ("no-table", a_book([["序号", "班级名称", "起止日期"], [1, "班", "9.9"]])),
        ("no-rows", a_book([list(PLAN_HEAD.values()), ["合计", 0]])),
        ("wrong-format", b"%PDF-1.7"),
    ],
)
def test_files_that_are_no_plan(look, code, data):
    with refusal(code):
        look(data=data)


def test_too_many_rows(look, monkeypatch):
    monkeypatch.setattr(plan_import, "MAX_ROWS", 1)
    with refusal("too-many-rows"):
        look(line(), line(title="支付班"))


# Half of what is tried are cells as people write them, so that odd ones stand beside good ones.
CELLS = st.one_of(
    ANY_CELL,
    st.sampled_from(["", "田林社区学校", "线上", "2026-09-09", "周三 14:00-15:30", "8", "https://e.org"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(list(EXAMPLE)), CELLS, min_size=8))
def test_no_row_is_too_odd(planner, term, cells):
    at_hand = AtHand(by=planner, on=date(2026, 9, 1))
    row = planned_row(Row(2, cells), where="第 2 行", term=term, at_hand=at_hand)
    assert row.problems or row.sessions
