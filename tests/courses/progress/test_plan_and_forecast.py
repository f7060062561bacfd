"""The plan's line by a day, and what the last weeks promise: numbers anybody can work out by hand."""

from datetime import date, timedelta

import pytest

from courses.rules.forecast import Outlook, forecast, full_weeks, pace_of
from courses.rules.in_words import in_wan
from courses.rules.plan_line import planned
from courses.rules.ring import CELLS, cells_filled, ring

LINE = [(date(2021, 1, 1), 0), (date(2021, 6, 30), 120_000), (date(2021, 9, 30), 200_000)]
ON, DUE = date(2021, 8, 31), date(2021, 9, 30)


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), 0),
        (date(2021, 4, 1), 60_000),
        (date(2021, 6, 30), 120_000),
        (date(2021, 8, 15), 160_000),
        (date(2021, 9, 30), 200_000),
        (date(2021, 12, 31), 200_000),
    ],
)
def test_the_plan_is_straight_between_its_points(on, wanted):
    assert planned(LINE, on) == wanted


def test_no_points_no_plan():
    assert planned([], ON) is None


def said(weeks, *, reported=131_000, target=200_000, on=ON, due_on=DUE):
    return forecast(reported=reported, target=target, weeks=weeks, on=on, due_on=due_on)


def test_eight_weeks_give_the_usual_and_the_range_of_their_halves():
    pace = pace_of([100, 200, 300, 400, 500, 600, 700, 800])
    assert (pace.weeks, pace.usual, pace.slow, pace.fast) == (8, 450, 250, 650)


def test_too_late_says_how_many_on_the_due_day_and_when_it_is_reached():
    coming = said([2000] * 4 + [5000] * 4)
    assert coming.outlook == Outlook.TOO_LATE
    # 30 days at 3,500, 2,000 and 5,000 a week.
    assert (coming.at_due, coming.at_due_least, coming.at_due_most) == (146_000, 139_571, 152_429)
    # 69,000 more at 3,500 a week: 138 days.
    assert coming.reached_on == ON + timedelta(days=138)
    assert coming.reached_first < coming.reached_on < coming.reached_last


def test_in_time():
    coming = said([20_000] * 8)
    assert (coming.outlook, coming.reached_on) == (Outlook.IN_TIME, ON + timedelta(days=25))


@pytest.mark.parametrize("weeks", [[], [900], [900] * 3])
def test_too_few_weeks_promise_nothing(weeks):
    coming = said(weeks)
    assert (coming.outlook, coming.pace) == (Outlook.TOO_EARLY, None)


def test_four_weeks_are_enough():
    assert said([900] * 4).pace.weeks == 4


def test_at_a_stand():
    coming = said([0] * 8)
    assert (coming.outlook, coming.reached_on, coming.at_due) == (Outlook.AT_A_STAND, None, 131_000)


def test_a_crawl_is_not_foreseeable():
    coming = said([1] * 8)
    assert (coming.outlook, coming.reached_on) == (Outlook.TOO_LATE, None)


def test_the_slower_half_may_never_get_there():
    assert said([0] * 4 + [9000] * 4).reached_last is None


def test_reached_and_overdue():
    assert said([900] * 8, reported=200_000).outlook == Outlook.REACHED
    assert said([900] * 8, on=DUE).outlook == Outlook.OVERDUE


def test_only_full_weeks_since_the_beginning_are_looked_at():
    wednesday = date(2021, 2, 10)
    since = date(2021, 1, 1)
    assert full_weeks(wednesday, since=since) == [date(2021, 1, 4) + timedelta(weeks=n) for n in range(5)]
    assert len(full_weeks(date(2021, 8, 31), since=since)) == 8


@pytest.mark.parametrize(
    ("reported", "filled"),
    [(0, (0, 0)), (131_260, (13, 12)), (199_999, (19, 99)), (200_000, (20, 0)), (300_000, (20, 0))],
)
def test_a_cell_is_a_twentieth(reported, filled):
    assert cells_filled(reported, 200_000) == filled
    assert sum(bool(cell.filled) for cell in ring(reported, 200_000)) == filled[0] + bool(filled[1])


def test_the_ring_has_twenty_cells():
    assert len(ring(0, 200_000)) == CELLS == 20


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (999, "999"), (9999, "9,999"), (131_260, "13.1万"), (199_999, "19.9万"), (200_000, "20万")],
)
def test_ten_thousands_are_cut_not_rounded_up(number, words):
    assert in_wan(number) == words
