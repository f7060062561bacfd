"""Days of the week, with and without hours."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import Weekday
from courses.rules.sheets.clock import Hours
from courses.rules.sheets.unclear import Unclear
from courses.rules.sheets.weekdays import MeetingTime, read_meeting_time, read_weekdays
from tests.factories.sheets import ANY_CELL

SIGNS = "一二三四五六日"
AFTERNOON = Hours(time(14), time(15, 30))
SETS = st.frozensets(st.sampled_from(list(Weekday)), min_size=1, max_size=4)


def signs(days) -> list[str]:
    return [SIGNS[day - 1] for day in sorted(days)]


SPELLINGS = [
    lambda days: "、".join(f"周{sign}" for sign in signs(days)),
    lambda days: f"每周{'、'.join(signs(days))}",
    lambda days: f"星期{'，'.join(signs(days))}",
    lambda days: f"周{''.join(signs(days))}",
    lambda days: "和".join(f"礼拜{sign}" for sign in signs(days)),
    lambda days: f"周{'、'.join(str(int(day)) for day in sorted(days))} ",
    lambda days: " 及 ".join(f"周{sign}" for sign in signs(days)).replace("日", "天"),
]
HOURS = ["14:00-15:30", "下午 14：00—15：30", "下午2点到3点半", " 14:00 ～ 15:30", "下午2:00-3:30"]


@given(SETS, st.sampled_from(SPELLINGS))
def test_days_are_read_back(days, spelled):
    assert read_weekdays(spelled(days)) == days


@given(SETS, st.sampled_from(SPELLINGS), st.sampled_from(HOURS))
def test_days_with_hours_are_read_back(days, spelled, hours):
    assert read_meeting_time(f"{spelled(days)}{hours}") == MeetingTime(days, AFTERNOON)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("周三下午 14:00-15:30", {3}),
        ("每周二、四 14:00-15:30", {2, 4}),
        ("周一至周五 14:00-15:30", {1, 2, 3, 4, 5}),
        ("周一到三 14:00-15:30", {1, 2, 3}),
        ("每天14:00-15:30", set(range(1, 8))),
        ("周末 14:00-15:30", {6, 7}),
        ("14:00-15:30（周三）", {3}),
        ("14:00-15:30 周三", {3}),
        ("周三（下午）2:00-3:30", {3}),
        ("每周二（节假日停）14:00-15:30", {2}),
        ("周3 14:00-15:30", {3}),
        ("14:00-15:30", set()),
    ],
)
def test_meeting_times(written, days):
    assert read_meeting_time(written) == MeetingTime(frozenset(map(Weekday, days)), AFTERNOON)


def test_a_half_day_is_asked_about():
    asked = read_meeting_time("周三下午")
    assert str(asked) == "写了“周三下午”，没写几点。请写成 周三 14:00-15:30。"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "没写上课时间"),
        ("下午", "没写几点"),
        ("每周三", "没写几点"),
        ("双周三 14:00-15:30", "隔周上课"),
        ("隔周二14:00-15:30", "隔周上课"),
        ("周二9:00-10:30、周四14:00-15:30", "不止一个时间"),
        ("周三 14:00", "没写几点下课"),
        ("待定", "看不出从几点到几点"),
    ],
)
def test_what_is_no_meeting_time(written, problem):
    assert problem in read_meeting_time(written).problem


@pytest.mark.parametrize(
    ("written", "problem"), [("", "没写星期几"), ("三", "看不出"), ("周三下午", "看不出")]
)
def test_what_is_no_weekday(written, problem):
    assert problem in read_weekdays(written).problem


@given(st.one_of(ANY_CELL, st.text("周星期礼拜每一二三四五六日天1234567、,和至到-:点上下午() ", max_size=20)))
def test_nothing_raises(value):
    assert isinstance(read_weekdays(value), frozenset | Unclear)
    assert isinstance(read_meeting_time(value), MeetingTime | Unclear)
