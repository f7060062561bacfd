"""Tables as people make them, in real .xlsx and .csv files."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st
from openpyxl import Workbook

ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
DASHES = ["-", "—", "――", "–", "～", "~", "至", "到", " 至 ", " - ", "－"]
PLAN_HEAD = {
    "number": "序号",
    "district": "区",
    "town": "街镇",
    "organiser": "办学单位/学习点",
    "title": "班级名称",
    "module": "课程（主题模块）",
    "scenarios": "应用场景",
    "teacher": "授课教师",
    "dates": "起止日期",
    "time": "上课时间",
    "times": "课次数",
    "hours": "课时数",
    "place": "地点",
    "capacity": "计划人数",
    "mode": "形式（线上/线下/混合）",
    "link": "链接",
    "contact": "联系人",
    "phone": "联系电话",
    "remark": "备注",
    "helpers": "助教/志愿者",
    "lessons": "课时",
    "minimum": "最少几人",
    "fee": "学费（元）",
    "enrol_from": "报名开始",
    "enrol_until": "报名截止",
    "tongue": "上课说",
}


def a_book(*sheets: Iterable[Sequence], merged: Iterable[str] = (), names: Sequence[str] = ()) -> bytes:
    """Make an .xlsx with these sheets of rows; ``merged`` are ranges of the first, such as "A1:E1"."""
    book = Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = names[place] if names else f"表{place + 1}"
        for row in rows:
            sheet.append(list(row))
    for each in merged:
        book.worksheets[0].merge_cells(each)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def plan_line(**values) -> list:
    """Make a row of a plan: a class on Wednesdays that is all right wherever the chat scenario will do."""
    usual = {"title": "微信入门班", "scenarios": "聊天", "dates": "2026-09-09 至 2026-12-30", "mode": "线下"}
    cells = usual | {"time": "周三 14:00-15:30", "times": "8次"} | values
    return [cells.get(key, "") for key in PLAN_HEAD]


def line(**values) -> list:
    """Make a row of a plan of the school and the room that the tests of plans are about."""
    return plan_line(**({"organiser": "田林社区学校", "place": "田林社区学校 203室"} | values))


def a_plan_book(*lines: Sequence, **options) -> bytes:
    """Make an .xlsx of a plan: its head, then these rows."""
    return a_book([list(PLAN_HEAD.values()), *lines], **options)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return a zip with one more part, or with this one instead of the one of that name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return buffer.getvalue()
