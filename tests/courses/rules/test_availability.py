"""A week in words says exactly the half days it was made from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import HalfDay, Weekday
from courses.rules.availability import week_in_words

CELLS = st.sets(st.tuples(st.sampled_from([day.value for day in Weekday]), st.sampled_from(HalfDay.values)))
MORNING, AFTERNOON, EVENING = HalfDay.values
LABELS = [day.label for day in Weekday]


@pytest.mark.parametrize(
    ("free", "words"),
    [
        (set(), ""),
        ({(3, AFTERNOON), (1, MORNING)}, "周一上午、周三下午"),
        ({(1, MORNING), (1, AFTERNOON)}, "周一上午和下午"),
        ({(6, half) for half in HalfDay.values}, "周六全天"),
        ({(1, MORNING), (2, MORNING)}, "周一上午、周二上午"),
        ({(day, MORNING) for day in range(1, 6)} | {(7, EVENING)}, "周一到周五上午、周日晚上"),
        ({(day, half) for day in range(1, 8) for half in HalfDay.values}, "周一到周日全天"),
    ],
)
def test_the_words(free, words):
    assert week_in_words(free) == words


def test_what_the_database_gives_may_come_in_any_order_and_twice():
    assert week_in_words([(3, "morning"), (1, "morning"), (3, "morning")]) == "周一上午、周三上午"


def understood(words: str) -> set[tuple[int, str]]:
    """Read the words as a person does."""
    halves = {half.label: [half.value] for half in HalfDay} | {"全天": HalfDay.values}
    found = set()
    for part in filter(None, words.split("、")):
        first, last, when = re.fullmatch(r"(周.)(?:到(周.))?(.+)", part).groups()
        days = range(LABELS.index(first) + 1, LABELS.index(last or first) + 2)
        found |= {(day, value) for day in days for half in when.split("和") for value in halves[half]}
    return found


@given(CELLS)
def test_nothing_is_added_and_nothing_lost(free):
    assert understood(week_in_words(free)) == free
