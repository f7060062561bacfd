"""What may be said of a venue and its closures, and what fits on its sign."""

from datetime import date

import pytest

from courses.rules.places import closure_refusals, place_words, room_said, venue_refusals
from courses.rules.signs import size_on_sign

TODAY = date(2021, 3, 8)


@pytest.mark.parametrize(
    ("is_ready", "checked", "code"),
    [
        (True, None, "check-day-missing"),
        (True, date(2021, 3, 9), "check-day-ahead"),
        (False, date(2021, 3, 9), "check-day-ahead"),
        (True, TODAY, None),
        (False, TODAY, None),
        (False, None, None),
    ],
)
def test_fit_for_an_epidemic_needs_the_day_somebody_looked(is_ready, checked, code):
    found = venue_refusals(is_epidemic_ready=is_ready, epidemic_checked_on=checked, today=TODAY)
    assert [each for each, _ in found.values()] == ([code] if code else [])
    assert not found or list(found) == ["epidemic_checked_on"]


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (date(2021, 3, 9), date(2021, 3, 8), "ends-before-start"),
        (date(2021, 3, 1), date(2021, 3, 7), "closure-in-the-past"),
        (date(2021, 3, 1), TODAY, None),
        (TODAY, TODAY, None),
        (date(2021, 5, 1), date(2021, 5, 5), None),
    ],
)
def test_only_days_that_are_not_over_are_closed(starts, ends, code):
    found = closure_refusals(starts_on=starts, ends_on=ends, today=TODAY)
    assert [each for each, _ in found.values()] == ([code] if code else [])


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("203", "huge"),
        ("1203", "large"),
        ("二楼", "large"),
        ("阶梯教室", "middle"),
        ("三楼多功能厅", "small"),
        ("田林街道社区学校", "least"),
    ],
)
def test_longer_words_are_smaller(words, size):
    assert size_on_sign(words) == size


@pytest.mark.parametrize(
    ("name", "said"),
    [("203", "203教室"), ("B1", "B1教室"), ("203教室", "203教室"), ("多功能厅", "多功能厅"), ("", "")],
)
def test_a_room_is_said_as_one_says_it(name, said):
    assert room_said(name) == said


@pytest.mark.parametrize(
    ("venue", "room", "words"),
    [("学校", "203", "学校 203"), ("学校", None, "学校"), (None, None, "线上"), ("", "", "线上")],
)
def test_a_place_in_a_line(venue, room, words):
    assert place_words(venue, room) == words
    assert place_words(None, None, otherwise="在家里上") == "在家里上"
