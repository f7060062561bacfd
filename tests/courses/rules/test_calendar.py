"""Holidays, make-up working days, and years nobody has announced."""

from datetime import date, timedelta

import pytest

from courses.rules.calendar import DayKind, day, is_announced

HOLIDAYS = {
    "2021-04-03": "清明节放假",
    "2021-04-05": "清明节放假",
    "2021-02-17": "春节放假",
    "2021-09-19": "中秋节放假",
    "2021-09-20": "中秋节放假",
    "2021-01-02": "元旦放假",
    "2026-10-01": "国庆节放假",
    "2026-10-04": "国庆节放假",
    "2026-10-07": "国庆节放假",
    "2026-02-23": "春节放假",
    "2026-06-20": "端午节放假",
}
WORKED = ["2021-02-07", "2021-02-20", "2021-04-25", "2021-09-18", "2021-10-09", "2026-01-04", "2026-10-10"]
ORDINARY = ["2021-04-02", "2021-04-06", "2021-04-24", "2026-10-08", "2026-09-28"]


@pytest.mark.parametrize(("on", "words"), HOLIDAYS.items())
def test_a_holiday_is_named(on, words):
    found = day(date.fromisoformat(on))
    assert (found.kind, found.words) == (DayKind.HOLIDAY, words)


@pytest.mark.parametrize("on", WORKED)
def test_a_weekend_that_is_worked_is_no_holiday(on):
    found = day(date.fromisoformat(on))
    assert found.kind is DayKind.WORKED_WEEKEND
    assert "调休" in found.words


@pytest.mark.parametrize("on", ORDINARY)
def test_other_days_are_ordinary(on):
    found = day(date.fromisoformat(on))
    assert (found.kind, found.words) == (DayKind.ORDINARY, "")


def test_a_year_without_its_notice_is_never_taken_for_working_days():
    assert is_announced(2026)
    assert not is_announced(2050)
    found = day(date(2050, 3, 2))
    assert found.kind is DayKind.UNKNOWN
    assert found.words == "放假安排未公布，请自行核对"


def spans(year: int) -> dict[str, int]:
    """How many days each holiday of a year lasts."""
    first = date(year, 1, 1)
    days = (day(first + timedelta(days=ahead)) for ahead in range(365))
    lengths: dict[str, int] = {}
    for found in days:
        if found.kind is DayKind.HOLIDAY:
            lengths[found.name] = lengths.get(found.name, 0) + 1
    return lengths


def test_the_spans_of_2021_are_those_of_the_notice():
    """The notice for 2021: 3, 7, 3, 5, 3, 3 and 7 days."""
    lengths = spans(2021)
    assert lengths["元旦"] == 3
    assert lengths["清明节"] == 3
    assert lengths["劳动节"] == 5
    assert lengths["端午节"] == 3
    assert lengths["中秋节"] == 3
    assert lengths["国庆节"] == 7
    assert sum(lengths.values()) == 31
