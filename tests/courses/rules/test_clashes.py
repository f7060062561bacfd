"""One room, one person, one time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.clashes import Held, clash, is_tight

NINE = datetime(2026, 9, 9, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def held(start=0.0, hours=1.5, **values) -> Held:
    return Held(NINE + start * HOUR, NINE + (start + hours) * HOUR, **values)


def test_a_room_is_not_held_twice():
    hit = clash(held(room=1), held(start=1, room=1))
    assert (hit.what, hit.of) == ("room", 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"teacher": 7}, {"teacher": 7}),
        ({"teacher": 7}, {"helpers": frozenset({7})}),
        ({"helpers": frozenset({6, 7})}, {"helpers": frozenset({7})}),
    ],
)
def test_nobody_is_in_two_places(one, other):
    hit = clash(held(room=1, **one), held(room=2, **other))
    assert (hit.what, hit.of) == ("person", 7)


@pytest.mark.parametrize("start", [1.5, -1.5])
def test_touching_ends_are_fine(start):
    assert clash(held(room=1), held(start=start, room=1)) is None


def test_no_room_clashes_with_no_room():
    assert clash(held(), held()) is None


def test_across_noon_goes_by_the_clock():
    noon = held(start=2.5, room=1)
    assert clash(noon, held(start=3, room=1)) is not None
    assert clash(noon, held(start=4, room=1)) is None


@pytest.mark.parametrize(("gap", "tight"), [(0, True), (10, True), (14, True), (15, False), (60, False)])
def test_ten_minutes_between_two_places_are_told(gap, tight):
    one = held(venue=1, teacher=7)
    later = one.ends_at + timedelta(minutes=gap)
    other = replace(one, venue=2, starts_at=later, ends_at=later + HOUR)
    assert is_tight(one, other) is tight
    assert is_tight(other, one) is tight
    assert not is_tight(one, replace(other, venue=1))
    assert not is_tight(one, replace(other, teacher=8))


PLACES = st.one_of(st.none(), st.integers(1, 3))
HELD = st.builds(
    lambda start, hours, room, teacher, helpers: held(
        start, hours, room=room, teacher=teacher, helpers=helpers
    ),
    st.integers(0, 20),
    st.integers(1, 4),
    PLACES,
    PLACES,
    st.frozensets(st.integers(1, 4), max_size=2),
)


@given(HELD, HELD)
def test_clashing_goes_both_ways(one, other):
    assert (clash(one, other) is None) == (clash(other, one) is None)


@given(HELD)
def test_whoever_holds_something_clashes_with_its_double(one):
    assert (clash(one, one) is not None) == bool(one.room or one.people)
