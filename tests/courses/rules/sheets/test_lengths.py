"""How long something took, however it is written."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.lengths import MINUTE, SECOND, read_length, unit_in
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL

DAY = 24 * 3600


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("01:23:45", 5025),
        ("1：23：45", 5025),
        ("00:00:00", 0),
        ("83:20", 5000),
        ("83分钟", 4980),
        ("83 分钟", 4980),
        ("1小时23分", 4980),
        ("1 h 23 min", 4980),
        ("1小时23分钟45秒", 5025),
        ("1.5小时", 5400),
        ("4980秒", 4980),
        ("4980s", 4980),
        ("83", 4980),
        (83, 4980),
        (83.0, 4980),
        ("83.5", 5010),
        (time(1, 23, 45), 5025),
        (timedelta(hours=1, minutes=23), 4980),
    ],
)
def test_every_spelling(written, seconds):
    assert read_length(written) == seconds


def test_a_bare_number_is_what_the_head_says():
    assert read_length("4980", unit=SECOND) == 4980
    assert read_length("83分钟", unit=SECOND) == 4980


@pytest.mark.parametrize(
    ("head", "unit"), [("时长（秒）", SECOND), ("参会时长(分钟)", MINUTE), ("时长", None)]
)
def test_the_unit_in_a_head(head, unit):
    assert unit_in(head) == unit


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "没写在了多久"),
        ("--", "没写在了多久"),
        ("1:23", "看不出是几小时几分，还是几分几秒"),
        ("一会儿", "看不出是多久"),
        ("01:99:00", "看不出是多久"),
        ("90000秒", "太长了"),
        (timedelta(days=2), "太长了"),
        ("9" * 500, "看不出是多久"),
    ],
)
def test_what_cannot_be_read_is_said(written, words):
    found = read_length(written)
    assert isinstance(found, Unclear)
    assert words in str(found)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_one_length_in_every_spelling_is_one_length(hours, minutes, seconds):
    total = hours * 3600 + minutes * 60 + seconds
    spellings = [
        f"{hours:02}:{minutes:02}:{seconds:02}",
        f"{hours}小时{minutes}分{seconds}秒",
        f"{hours}h{minutes}m{seconds}s",
        f"{hours * 60 + minutes}分钟{seconds}秒",
        f"{total}秒",
        timedelta(seconds=total),
        time(hours, minutes, seconds),
    ]
    assert {read_length(each) for each in spellings} == {total}
    assert read_length(total, unit=SECOND) == total


@given(st.one_of(ANY_CELL, st.from_regex(r"[\d:.小时分秒hms ]{0,12}", fullmatch=True)))
def test_whatever_stands_in_a_cell_is_a_length_or_unclear(value):
    found = read_length(value)
    assert isinstance(found, Unclear) or 0 <= found <= DAY
