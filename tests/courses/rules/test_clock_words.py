"""Times as they are said."""

from datetime import time

import pytest

from courses.rules.clock_words import said, said_span

SAID = {
    time(8): "上午 8:00",
    time(9, 30): "上午 9:30",
    time(12): "中午 12:00",
    time(12, 30): "中午 12:30",
    time(14): "下午 2:00",
    time(17, 30): "下午 5:30",
    time(18): "晚上 6:00",
    time(19, 5): "晚上 7:05",
}


@pytest.mark.parametrize(("clock", "words"), SAID.items())
def test_a_time(clock, words):
    assert said(clock) == words


def test_a_span_says_the_part_of_the_day_once():
    assert said_span(time(9, 30), time(11)) == "上午 9:30 到 11:00"
    assert said_span(time(11), time(13)) == "上午 11:00 到 下午 1:00"
    assert said_span(time(12), time(13, 30)) == "中午 12:00 到 下午 1:30"
    assert said_span(time(11), time(12, 30)) == "上午 11:00 到 中午 12:30"
