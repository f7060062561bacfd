"""Who is told apart from whom, and who counts as a senior."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.learners import (
    HOUSEHOLD,
    birth_year_refusal,
    can_be_suggested,
    household_refusal,
    identity_refusals,
    is_senior,
)
from courses.rules.personal_data import in_words


@pytest.mark.parametrize(
    ("birth_year", "says_senior", "expected"),
    [
        (1961, False, True),
        (1962, False, False),
        (1962, True, False),
        (None, True, True),
        (None, False, False),
    ],
)
def test_a_birth_year_wins_over_the_own_word(birth_year, says_senior, expected):
    assert is_senior(birth_year=birth_year, says_senior=says_senior, year=2021) is expected


@pytest.mark.parametrize(
    ("birth_year", "words"),
    [
        (48, "1948"),
        (1900, "写早了"),
        (2022, "写晚了"),
        (2010, "未满 14 岁"),
        (1950, None),
        (1901, None),
        (2007, None),
    ],
)
def test_a_birth_year_is_refused_in_words(birth_year, words):
    refusal = birth_year_refusal(birth_year, year=2021)
    assert (words is None and refusal is None) or words in refusal


def test_a_phone_is_enough():
    assert not identity_refusals(phone="1", birth_year=None, has_area=False, is_identity_confirmed=False)


def test_without_a_phone_three_things_are_needed():
    missing = identity_refusals(phone="", birth_year=None, has_area=False, is_identity_confirmed=False)
    assert set(missing) == {"birth_year", "area", "is_identity_confirmed"}
    assert not identity_refusals(phone="", birth_year=1950, has_area=True, is_identity_confirmed=True)


def test_a_household_is_full_at_four():
    assert household_refusal(HOUSEHOLD - 1) is None
    assert "4 个人" in household_refusal(HOUSEHOLD)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("王", False), ("王秀", True), ("0001", True), ("001", False), ("13800000001", False), ("", False)],
)
def test_what_is_too_short_or_a_whole_number_suggests_nobody(words, expected):
    assert can_be_suggested(words) is expected


@given(st.text(max_size=12))
def test_nothing_typed_breaks_the_type_ahead(words):
    assert can_be_suggested(words) in (True, False)


@pytest.mark.parametrize(("days", "words"), [(1095, "3 年"), (540, "18 个月"), (45, "45 天"), (365, "1 年")])
def test_periods_are_said_as_people_say_them(days, words):
    assert in_words(days) == words
