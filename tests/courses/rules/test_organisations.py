"""Codes, levels, and the codes we give ourselves."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import OrganisationKind as Kind
from courses.rules.organisations import code_refusal, kinds_below, level_refusal, unit_code


@pytest.mark.parametrize("code", ["XH", "XH-TL", "310104", "A-1-B"])
def test_letters_digits_and_dashes_make_a_code(code):
    assert code_refusal(code) is None


@pytest.mark.parametrize(
    "code", ["", "xh", "XH-", "-XH", "XH--TL", "XH TL", "徐汇", "XH_TL", "X" * 21, "XH\n"]
)
def test_anything_else_is_refused_in_words(code):
    assert code_refusal(code).endswith(("。", "头。"))


@given(st.text(max_size=25))
def test_no_code_with_other_signs_gets_through(written):
    if code_refusal(written) is None:
        assert re.fullmatch(r"[A-Z0-9-]{1,20}", written)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("above", Kind)
def test_only_a_higher_level_guides(kind, above):
    assert (level_refusal(kind=kind, above=above) is None) == (kind in kinds_below(above))
    assert (kind in kinds_below(above)) == (kind.level > above.level)


def test_the_nearest_level_comes_first():
    assert kinds_below(Kind.COMMUNITY_COLLEGE) == [Kind.COMMUNITY_SCHOOL, Kind.LEARNING_SITE]
    assert kinds_below(Kind.LEARNING_SITE) == []


@given(st.sets(st.integers(901, 999)))
def test_the_next_free_code_of_a_district(numbers):
    taken = {f"310112{number}000" for number in numbers}
    code = unit_code("310112", taken)
    if len(numbers) == 99:
        assert code is None
    else:
        assert re.fullmatch(r"3101129\d\d000", code)
        assert code not in taken
        # No gap is left behind: everything below it is taken.
        assert all(f"310112{number}000" in taken for number in range(901, int(code[6:9])))
