"""Times of day in every spelling."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.clock import Hours, read_clock, read_hours
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL, DASHES

CLOCKS = st.builds(time, st.integers(7, 21), st.sampled_from([0, 15, 30, 45]))


def half(clock: time) -> str:
    return "上午" if clock.hour < 12 else "下午"


def spoken(clock: time) -> str:
    minutes = {0: "", 15: "一刻", 30: "半", 45: "三刻"}[clock.minute]
    return f"{half(clock)}{clock.hour if clock.hour <= 12 else clock.hour - 12}点{minutes}"


def in_chinese(clock: time) -> str:
    names = "零一二三四五六七八九"
    hour = clock.hour if clock.hour <= 12 else clock.hour - 12
    word = "两" if hour == 2 else names[hour] if hour < 10 else f"十{names[hour - 10] if hour > 10 else ''}"
    return f"{half(clock)}{word}点{ {0: '', 15: '15分', 30: '半', 45: '45分'}[clock.minute] }"


SPELLINGS = [
    lambda clock: f"{clock:%H:%M}",
    lambda clock: f"{clock.hour}：{clock.minute:02}",
    lambda clock: f"{clock.hour}.{clock.minute:02}",
    lambda clock: f"{clock.hour}点{clock.minute:02}分",
    lambda clock: f"{clock.hour}时{clock.minute:02}",
    lambda clock: f"{clock:%H%M}",
    lambda clock: f"{half(clock)} {clock:%H:%M}",
    spoken,
    in_chinese,
]


@given(CLOCKS, st.sampled_from(SPELLINGS))
def test_a_clock_is_read_back(clock, spelled):
    assert read_clock(spelled(clock)) == clock


def test_what_excel_keeps():
    assert read_clock(time(14, 0)) == time(14, 0)


@given(CLOCKS, CLOCKS, st.sampled_from(SPELLINGS), st.sampled_from(DASHES))
def test_hours_are_read_back(one, other, spelled, dash):
    starts, ends = sorted([one, other])
    if starts == ends:
        return
    assert read_hours(f"{spelled(starts)}{dash}{spelled(ends)}") == Hours(starts, ends)


@pytest.mark.parametrize(
    ("written", "starts", "ends"),
    [
        ("14：00-15：30", time(14), time(15, 30)),
        ("下午2点半-4点", time(14, 30), time(16)),
        ("9:30—11:00", time(9, 30), time(11)),
        ("上午9点到10点半", time(9), time(10, 30)),
        ("上午11点-1点", time(11), time(13)),
        ("中午12:30-2:00", time(12, 30), time(14)),
        ("上午11:00-12:30", time(11), time(12, 30)),
        ("上午9点到下午3点", time(9), time(15)),
        ("晚上7点-8点半", time(19), time(20, 30)),
    ],
)
def test_the_second_half_of_the_day_follows(written, starts, ends):
    assert read_hours(written) == Hours(starts, ends)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "没写几点"),
        ("下午", "看不出从几点到几点"),
        ("下午2点半", "没写几点下课"),
        ("2:00-3:30", "看不出是上午还是下午"),
        ("15:30-14:00", "下课的时间不比上课晚"),
        ("25:00-26:00", "没有这个时间"),
        ("14:70-15:00", "没有这个时间"),
        ("上午14:00-15:00", "没有这个时间"),
    ],
)
def test_what_are_no_hours(written, problem):
    assert problem in read_hours(written).problem


@pytest.mark.parametrize(
    ("written", "problem"),
    [("", "没写几点"), ("一会儿", "看不出是几点"), ("26:00", "没有这个时间"), ("3:00", "上午还是下午")],
)
def test_what_is_no_clock(written, problem):
    assert problem in read_clock(written).problem


@given(st.one_of(ANY_CELL, st.text("0123456789:.点半上下午晚中一二两十-至", max_size=20)))
def test_nothing_raises(value):
    assert isinstance(read_clock(value), time | Unclear)
    hours = read_hours(value)
    assert isinstance(hours, Unclear) or hours.starts < hours.ends
