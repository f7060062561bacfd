"""When somebody joined and left, as meeting tools write it."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given

from courses.rules.sheets.meeting import read_time
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL
from tests.factories.timetable import DAY, moment


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-11 14:02:33",
        "2026/11/11 14:02:33",
        "2026年11月11日 14:02:33",
        "2026-11-11T14:02:33",
        "2026-11-11 14:02:33.120",
        "14:02:33",
        "下午 2:02:33",
        "2:02:33 PM",
        "2026/11/11 02:02:33 下午",
        moment("14:02:33").replace(tzinfo=None),
        time(14, 2, 33),
        timedelta(hours=14, minutes=2, seconds=33),
    ],
)
def test_every_spelling(written):
    assert read_time(written, on=DAY) == moment("14:02:33")


def test_midnight_and_noon_of_twelve_hours():
    assert read_time("12:05 AM", on=DAY) == moment("00:05")
    assert read_time("12:05 PM", on=DAY) == moment("12:05")


@pytest.mark.parametrize(
    "written", ["昨天", "25:00", "2026-13-01 14:00", "14", "", "1" * 400, timedelta(days=3)]
)
def test_what_is_no_time_is_said(written):
    assert isinstance(read_time(written, on=DAY), Unclear)


@given(ANY_CELL)
def test_whatever_stands_in_a_cell_is_a_moment_or_unclear(value):
    found = read_time(value, on=date(2026, 11, 11))
    assert isinstance(found, Unclear) or found.tzinfo is not None
