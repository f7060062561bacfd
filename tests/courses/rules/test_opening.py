"""A week of opening hours: what is refused, what is joined, and how it is said."""

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.opening import (
    DAYS,
    USUAL_WEEK,
    Hours,
    days_in_words,
    hours_in_words,
    joined,
    week_in_words,
    week_refusals,
)

MORNING, AFTERNOON = (time(9), time(11, 30)), (time(13, 30), time(16))
PART_BEGINS = {"凌晨": 0, "上午": 0, "中午": 12, "下午": 12, "晚上": 12}

moments = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
spans = st.tuples(moments, moments).filter(lambda span: span[0] < span[1])
weeks = st.lists(st.tuples(st.integers(1, 7), spans).map(lambda pair: Hours(pair[0], *pair[1])), max_size=20)


def week(*days: int, spans=(MORNING,)) -> list[Hours]:
    return [Hours(day, *span) for day in days for span in spans]


def read_days(words: str) -> set[int]:
    """The way back: 星期一到星期三、星期五."""
    if words == "每天":
        return set(range(1, 8))
    days: set[int] = set()
    for part in words.split("、"):
        first, _, last = part.partition("到")
        days |= set(range(DAYS.index(first) + 1, DAYS.index(last or first) + 2))
    return days


def read_hours(words: str) -> list[tuple[time, time]]:
    """The way back: 上午 9:00 到 11:30，下午 1:30 到 4:00."""
    found = []
    for span in words.split("，"):
        opens, closes = span.split(" 到 ")
        part = opens.split()[0]
        until = closes if " " in closes else f"{part} {closes}"
        found.append((read_moment(opens), read_moment(until)))
    return found


def read_moment(words: str) -> time:
    part, hour, minute = re.fullmatch(r"(\S+) (\d+):(\d\d)", words).groups()
    return time(int(hour) % 12 + PART_BEGINS[part], int(minute))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], []),
        (USUAL_WEEK, [("星期一到星期五", "上午 9:00 到 11:30，下午 1:30 到 4:00")]),
        (week(1, 2, 3, 4, 5, 6, 7), [("每天", "上午 9:00 到 11:30")]),
        (week(6, 7), [("星期六、星期日", "上午 9:00 到 11:30")]),
        (week(1, 2, 3, 5), [("星期一到星期三、星期五", "上午 9:00 到 11:30")]),
        (
            [*week(1, 3), *week(2, spans=(AFTERNOON,))],
            [("星期一、星期三", "上午 9:00 到 11:30"), ("星期二", "下午 1:30 到 4:00")],
        ),
    ],
)
def test_days_with_the_same_hours_are_said_together(hours, words):
    assert week_in_words(hours) == words


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (time(9), time(16), "上午 9:00 到 下午 4:00"),
        (time(9), time(12), "上午 9:00 到 中午 12:00"),
        (time(12), time(12, 45), "中午 12:00 到 12:45"),
        (time(18, 30), time(20), "晚上 6:30 到 8:00"),
        (time(0), time(4, 59), "凌晨 0:00 到 4:59"),
    ],
)
def test_hours_are_said_as_people_say_them(opens, closes, words):
    assert hours_in_words([Hours(1, opens, closes)]) == words


@given(weeks)
def test_the_words_say_exactly_the_week(hours):
    said = [
        Hours(day, *span)
        for days, words in week_in_words(hours)
        for day in read_days(days)
        for span in read_hours(words)
    ]
    assert sorted(said) == joined(hours)


@given(weeks)
def test_no_two_lines_speak_of_one_day_or_say_the_same_hours(hours):
    lines = week_in_words(hours)
    days = [day for line, _ in lines for day in read_days(line)]
    assert len(days) == len(set(days))
    assert len({words for _, words in lines}) == len(lines)


@given(st.sets(st.integers(1, 7), min_size=1))
def test_days_can_be_read_back(days):
    assert read_days(days_in_words(list(days))) == days


@given(weeks, st.integers(1, 7), moments)
def test_joining_opens_and_closes_nothing(hours, day, moment):
    def is_open(some: list[Hours]) -> bool:
        return any(each.weekday == day and each.opens <= moment < each.closes for each in some)

    whole = joined(hours)
    assert is_open(whole) == is_open(hours)
    assert joined(whole) == whole
    same_day = [(first, second) for first in whole for second in whole if first.weekday == second.weekday]
    assert all(
        first == second or not first.opens <= second.opens <= first.closes for first, second in same_day
    )


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        (((time(11), time(9)),), "11:00 开，9:00 关：关门要比开门晚。"),
        (((time(9), time(9)),), "9:00 开，9:00 关：关门要比开门晚。"),
        ((MORNING, (time(11), time(14))), "两段时间叠在一起了。第一段关了，第二段才能开。"),
        (((time(11), time(14)), MORNING), "两段时间叠在一起了。第一段关了，第二段才能开。"),
        ((MORNING, MORNING), "两段时间叠在一起了。第一段关了，第二段才能开。"),
        ((MORNING, AFTERNOON, (time(18), time(20))), "一天最多 2 段时间。"),
    ],
)
def test_what_no_door_can_keep_is_refused_by_day(spans, words):
    assert week_refusals([*week(2), *week(4, spans=spans)]) == {4: words}


@pytest.mark.parametrize("spans", [(MORNING, (time(11, 30), time(14))), (MORNING, AFTERNOON), ()])
def test_one_may_begin_when_the_other_ends(spans):
    assert week_refusals(week(1, spans=spans)) == {}
