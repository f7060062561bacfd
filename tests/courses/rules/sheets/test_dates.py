"""Dates and spans in every spelling."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.dates import EXCEL_ZERO, Span, read_date, read_span
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL, DASHES

SPRING = Span(date(2021, 3, 1), date(2021, 7, 2))
DAYS = st.dates(date(2020, 9, 1), date(2030, 12, 31))
FULL = [
    lambda on: on.isoformat(),
    lambda on: f"{on.year}/{on.month}/{on.day}",
    lambda on: f"{on.year}.{on.month}.{on.day}",
    lambda on: f"{on.year % 100:02}.{on.month}.{on.day}",
    lambda on: f"{on.year}年{on.month}月{on.day}日",
    lambda on: f"{on.year} 年 {on.month} 月 {on.day} 号",
    lambda on: f"{on.year}/{on.month}/{on.day}上午",
    lambda on: f"{on:%Y%m%d}",
    lambda on: f"{on.year}.{on.month}.{on.day}（周{'一二三四五六日'[on.weekday()]}）",
    lambda on: on.isoformat().translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
]
SHORT = [
    lambda on: f"{on.month}月{on.day}日",
    lambda on: f"{on.month}月{on.day}号",
    lambda on: f"{on.month}.{on.day}",
    lambda on: f"{on.month}/{on.day}",
    lambda on: f"{on.month:02}-{on.day:02}",
]


@given(DAYS, st.sampled_from(FULL))
def test_a_full_date_is_read_back(on, spelled):
    assert read_date(spelled(on)) == on


@given(DAYS)
def test_what_excel_keeps_is_read_back(on):
    assert read_date(on) == on
    assert read_date(datetime(on.year, on.month, on.day, 14, 0)) == on  # noqa: DTZ001
    assert read_date(float((on - EXCEL_ZERO).days)) == on
    assert read_date(str((on - EXCEL_ZERO).days)) == on


@given(st.integers(0, 123), st.sampled_from(SHORT))
def test_the_year_comes_from_the_term(ahead, spelled):
    on = SPRING.first + timedelta(days=ahead)
    assert read_date(spelled(on), around=SPRING) == on


def test_a_term_over_new_year():
    winter = Span(date(2026, 9, 7), date(2027, 1, 20))
    assert read_date("1月6日", around=winter) == date(2027, 1, 6)
    assert read_date("12.30", around=winter) == date(2026, 12, 30)


@given(DAYS, st.integers(1, 200), st.sampled_from(FULL[:7]), st.sampled_from(DASHES))
def test_a_span_is_read_back(first, days, spelled, dash):
    last = first + timedelta(days=days)
    assert read_span(f"{spelled(first)}{dash}{spelled(last)}") == Span(first, last)


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from(SHORT[:4]), st.sampled_from(DASHES))
def test_a_span_without_years(start, days, spelled, dash):
    first = SPRING.first + timedelta(days=start)
    last = first + timedelta(days=days)
    assert read_span(f"{spelled(first)}{dash}{spelled(last)}", around=SPRING) == Span(first, last)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("3月1日-30日", Span(date(2021, 3, 1), date(2021, 3, 30))),
        ("2021年3月1日起", Span(date(2021, 3, 1), None)),
        ("从3月1日至6月30日止", Span(date(2021, 3, 1), date(2021, 6, 30))),
        ("2020.12.1-1.30", Span(date(2020, 12, 1), date(2021, 1, 30))),
        ("3月15日", Span(date(2021, 3, 15), date(2021, 3, 15))),
        (44270.0, Span(date(2021, 3, 15), date(2021, 3, 15))),
    ],
)
def test_spans(written, span):
    assert read_span(written, around=SPRING) == span


@pytest.mark.parametrize("number", [3.1, 3.2, 3.3, 10.1, 2.2])
def test_a_lost_nought_is_asked_about(number):
    asked = read_date(number, around=SPRING)
    assert isinstance(asked, Unclear)
    month, _, tail = str(number).partition(".")
    assert f"{month}月{tail}日" in asked.mend
    assert f"{month}月{tail}0日" in asked.mend


def test_what_cannot_have_lost_a_nought():
    assert read_date(3.4, around=SPRING) == date(2021, 3, 4)
    assert read_date(3.15, around=SPRING) == date(2021, 3, 15)
    assert read_date(2.3, around=SPRING) == date(2021, 2, 3)
    assert read_date("3.10", around=SPRING) == date(2021, 3, 10)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "没写日期"),
        ("周三下午", "看不出是哪一天"),
        ("2021-02-30", "看不出是哪一天"),
        ("1900-01-01", "看不出是哪一天"),
        ("待定", "看不出是哪一天"),
    ],
)
def test_what_is_no_date(written, problem):
    assert problem in read_date(written, around=SPRING).problem


def test_a_day_without_any_year():
    assert "没写哪一年" in read_date("3月15日").problem


def test_a_span_the_wrong_way_round():
    assert "后面的日子比前面的早" in read_span("2021-06-30至2021-03-01").problem


@given(ANY_CELL)
def test_nothing_raises(value):
    assert isinstance(read_date(value, around=SPRING), date | Unclear)
    assert isinstance(read_span(value, around=SPRING), Span | Unclear)
    read_span(value)


@given(st.text("0123456789.-/年月日号至到起 ", max_size=24))
def test_nothing_like_a_date_raises(words):
    span = read_span(words, around=SPRING)
    assert isinstance(span, Unclear) or span.last is None or span.first <= span.last
