"""The attendance list that a meeting tool gives out: its columns, and the moments somebody joined and left."""

import re
from datetime import date, datetime, time, timedelta

from courses.rules.series import at
from courses.rules.sheets.cells import CellValue, plain, text_of
from courses.rules.sheets.tables import Column
from courses.rules.sheets.unclear import Unclear, quoted

# A name and how long: a list of two columns is one.
FEWEST_COLUMNS = 2
COLUMNS = (
    Column(
        "name",
        "昵称",
        (
            *("用户昵称", "入会昵称", "姓名", "名字", "用户名", "用户名称", "用户", "名称", "显示名称"),
            *(
                "参会者",
                "参会人",
                "参会人员",
                "参会成员",
                "参会者名称",
                "成员",
                "成员名称",
                "成员昵称",
                "与会者",
            ),
        ),
        is_needed=True,
    ),
    Column("phone", "手机号", ("手机", "手机号码", "电话", "电话号码", "联系电话")),
    Column(
        "joined",
        "入会时间",
        (
            *("首次入会时间", "进会时间", "加入时间", "首次加入时间", "加入会议时间"),
            *("进入时间", "进入会议时间", "首次进入时间"),
        ),
    ),
    Column(
        "left",
        "退会时间",
        (
            *("离会时间", "最后退会时间", "最后离会时间", "退出时间", "退出会议时间", "最后退出时间"),
            *("离开时间", "离开会议时间", "最后离开时间"),
        ),
    ),
    Column(
        "length",
        "时长",
        (
            *("参会时长", "累计参会时长", "参会总时长", "入会时长", "累计入会时长", "在会时长", "在线时长"),
            *("累计时长", "总时长", "会议时长", "停留时长", "观看时长", "持续时间", "时长分钟", "时长秒"),
            *("参会时长分钟", "参会时长秒", "在线时长分钟", "在线时长秒", "在线分钟", "分钟数"),
        ),
    ),
)
MEND = "请写成 2026-11-11 14:02:33"
_LONGEST = 40
_MOMENT = re.compile(
    r"(?:(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?[t ]?)?"
    r"(?P<before>上午|下午|am|pm)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?P<after>上午|下午| ?am| ?pm)?"
)


def read_time(value: CellValue, *, on: date) -> datetime | Unclear:
    """Return the moment a cell names by Shanghai's clock, to the second; a time alone is one of the day ``on``."""
    if isinstance(value, datetime):
        return at(value.date(), value.time())
    if isinstance(value, time):
        return at(on, value)
    if isinstance(value, timedelta):
        return at(on, time(0)) + value if timedelta(0) <= value < timedelta(days=1) else _unclear(value)
    words = plain(value).casefold()
    found = _MOMENT.fullmatch(words) if len(words) <= _LONGEST else None
    if found is None:
        return _unclear(value)
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found["year"] else on
        return at(day, time(_hour(found), int(found["minute"]), int(found["second"] or 0)))
    except ValueError:
        return _unclear(value)


def _hour(found: re.Match[str]) -> int:
    """Return the hour from 0 to 23: 下午2 is 14, 12 am is 0."""
    hour, half = int(found["hour"]), (found["before"] or found["after"] or "").strip()
    if half in {"下午", "pm"}:
        return hour if hour >= 12 else hour + 12
    return 0 if half == "am" and hour == 12 else hour


def _unclear(value: CellValue) -> Unclear:
    return Unclear(f"{quoted(text_of(value) or str(value))}看不出是几点", MEND)
