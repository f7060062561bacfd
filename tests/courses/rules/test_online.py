"""How long is enough, what joins up, and what the room says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.counting import Thresholds
from courses.rules.online import Stay, changes_the_roll, minutes_words, needed_minutes, seconds_within
from tests.factories.timetable import moment

STARTS, ENDS = moment("14:00"), moment("15:30")
RULES = Thresholds()


def stay(joined: str, left: str) -> Stay:
    return Stay(moment(joined), moment(left))


def within(*stays: Stay) -> int:
    return seconds_within(stays, starts_at=STARTS, ends_at=ENDS) // 60


def test_the_fewest_minutes_that_are_enough_are_rounded_up():
    assert needed_minutes(length=90, thresholds=RULES) == 54
    assert needed_minutes(length=91, thresholds=RULES) == 55
    assert needed_minutes(length=90, thresholds=Thresholds(live=50)) == 45


def test_who_was_too_short_reads_how_much_was_missing():
    assert minutes_words(54, length=90, thresholds=RULES) == "54 分钟"
    assert minutes_words(12, length=90, thresholds=RULES) == "12 分钟，不到 54 分钟"


def test_several_joinings_are_added_and_overlapping_ones_united():
    assert within(stay("14:00", "14:20"), stay("14:30", "15:00")) == 50
    assert within(stay("14:00", "15:00"), stay("14:30", "15:10")) == 70
    assert within(stay("14:30", "14:40"), stay("14:00", "15:00")) == 60


def test_waiting_before_and_staying_behind_is_no_lesson():
    assert within(stay("13:20", "16:00")) == 90
    assert within(stay("13:20", "14:00"), stay("15:30", "16:00")) == 0


MINUTE = st.integers(-60, 200).map(lambda many: STARTS + timedelta(minutes=many))
STAYS = st.lists(st.tuples(MINUTE, MINUTE).map(sorted).map(lambda pair: Stay(*pair)), max_size=8)


@given(STAYS)
def test_it_is_as_if_every_minute_were_looked_at(stays):
    minutes = (STARTS + timedelta(minutes=many) for many in range(90))
    there = sum(any(each.joined <= now < each.left for each in stays) for now in minutes)
    assert within(*stays) == there


@pytest.mark.parametrize(
    ("how", "before", "after", "is_put_down"),
    [
        ("list", "present", "absent", False),
        ("qr", "late", "absent", False),
        ("list", "present", "present", False),
        ("list", "left-early", "absent", False),
        ("list", "left-early", "present", True),
        ("list", "excused", "absent", False),
        ("list", "excused", "present", True),
        ("list", "absent", "present", True),
        ("list", "struck", "present", True),
        ("online", "present", "absent", True),
    ],
)
def test_on_site_and_on_line_together_are_one(how, before, after, is_put_down):
    assert changes_the_roll(how=how, before=before, after=after) == is_put_down
