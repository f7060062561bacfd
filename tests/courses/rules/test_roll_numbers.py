"""Numbers typed off paper: whatever a keyboard makes of them; what says nothing is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import AttendanceState
from courses.rules.roll_numbers import LONGEST, read_numbers

PRESENT, LATE, EARLY = AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY


def numbers(written: str) -> list[int]:
    line = read_numbers(written)
    assert line.problems == []
    return [each.number for each in line.typed]


def states(written: str) -> dict[int, tuple]:
    return {each.number: (each.state, each.minutes) for each in read_numbers(written).typed}


@pytest.mark.parametrize(
    "written",
    [
        "1 2 3 5-9 12",
        "１，２，３，５－９，１２",
        "1、2、3、5～9、12",
        "1.2.3.5-9.12",
        "1+2+3+5-9+12",
        "1;2；3。5—9/12",
        "  1号 2 3号，5号到9号 12  ",
        "12 3 2 1 9 8 5 至 7",
        "1 2 3 5 - 9 12",
        "01 02 03 05-09 012",
        "1 1 2 3 5-9 7 12",
    ],
)
def test_one_thing_written_in_many_ways(written):
    assert numbers(written) == [1, 2, 3, 5, 6, 7, 8, 9, 12]


def test_what_else_the_sheet_says():
    assert states("4迟 5 迟到 6退40 7早退30分钟 8缺 9没来 10假 11请假 12c 13t5 14Q 15ｊ") == {
        4: (LATE, None),
        5: (LATE, None),
        6: (EARLY, 40),
        7: (EARLY, 30),
        8: (AttendanceState.ABSENT, None),
        9: (AttendanceState.ABSENT, None),
        10: (AttendanceState.EXCUSED, None),
        11: (AttendanceState.EXCUSED, None),
        12: (LATE, None),
        13: (EARLY, 5),
        14: (AttendanceState.ABSENT, None),
        15: (AttendanceState.EXCUSED, None),
    }


@pytest.mark.parametrize("written", ["1-5 4迟", "4迟 1-5", "1-5 4-4迟"])
def test_everybody_then_the_exceptions(written):
    assert read_numbers(written).problems == []
    assert states(written) == {number: (LATE if number == 4 else PRESENT, None) for number in range(1, 6)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("王秀兰", "“王秀兰”看不懂"),
        ("1 9-5", "小的写前面"),
        ("6退", "少了分钟"),
        ("6退 40", "少了分钟"),
        ("4迟5", "只有早退后面写分钟"),
        ("1234", "“1234”看不懂"),
        ("4 4迟", "4 号写了两次，不一样：到了、迟到"),
        ("4迟 4缺", "4 号写了两次"),
        ("1-5迟 3-4缺", "3 号写了两次"),
        ("-5", "看不懂"),
        ("5-", "看不懂"),
        ("1" * (LONGEST + 1), "太长了"),
    ],
)
def test_what_says_nothing_is_named(written, said):
    assert said in "".join(read_numbers(written).problems)


def test_a_long_word_is_cut_where_it_is_named():
    assert "x" * 21 not in read_numbers("x" * 400).problems[0]


ONES = st.lists(st.integers(1, 200), max_size=40)
GAPS = st.sampled_from([" ", ",", "，", "、", ";", "；", ".", "。", "+", "/", "\u3000", "\n", " , "])


@given(ONES, st.lists(GAPS, min_size=40, max_size=40), st.booleans())
def test_any_list_of_numbers_is_read_whatever_stands_between(ones, gaps, wide):
    written = "".join(f"{number}{gap}" for number, gap in zip(ones, gaps, strict=False))
    if wide:
        written = written.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    assert numbers(written) == sorted(set(ones))


@given(st.integers(1, 400), st.integers(0, 300), st.sampled_from("-－–—~～到至"))
def test_any_range_is_all_between(first, more, dash):
    assert numbers(f"{first}{dash}{first + more}") == list(range(first, first + more + 1))


@given(st.text(max_size=200) | st.text(alphabet="0123456789 -,迟退缺假ctqj号", max_size=60))
def test_whatever_is_typed_is_read_or_named_and_every_number_stands_once(written):
    line = read_numbers(written)
    found = [each.number for each in line.typed]
    assert found == sorted(set(found))
    assert all(each.minutes is None or each.state == EARLY for each in line.typed)
    assert all(problem.endswith("。") for problem in line.problems)
    # Nothing that was typed is passed over silently.
    if not found and not line.problems:
        assert not any(sign.isalnum() for sign in written)
