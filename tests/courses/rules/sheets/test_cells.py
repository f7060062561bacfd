"""From cells to words."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given

from courses.rules.sheets.cells import is_blank, key_of, plain, text_of
from courses.rules.sheets.unclear import Unclear, quoted
from tests.factories.sheets import ANY_CELL


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  王　芳 ", "王　芳"),
        (13800000003.0, "13800000003"),
        (3.1, "3.1"),
        (44270.0, "44270"),
        (3.10104e17, "3.10104e+17"),
        (float("nan"), ""),
        (True, "是"),
        (date(2021, 3, 15), "2021-03-15"),
        (datetime(2021, 3, 15), "2021-03-15"),  # noqa: DTZ001
        (datetime(2021, 3, 15, 14, 0), "2021-03-15 14:00"),  # noqa: DTZ001
        (time(14, 0), "14:00"),
        (timedelta(hours=14), "14:00"),
        ("'13800000003", "13800000003"),
        ("周三\u200b下午", "周三下午"),
        ("一\n二", "一\n二"),
    ],
)
def test_what_a_person_sees(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("１３８００００", "1380000"),
        ("14：00 — 15：30", "14:00-15:30"),
        ("9:30――11:00", "9:30-11:00"),
        ("9:30～11:00", "9:30-11:00"),
        ("14∶00", "14:00"),
        ("周3 14:00", "周3 14:00"),
        ("田 林", "田林"),
    ],
)
def test_words_for_comparing(value, words):
    assert plain(value) == words


def test_keys_forgive_case_and_blanks():
    assert key_of(" Xh-Tl 01 ") == key_of("ＸＨ－ＴＬ01")


def test_blank_cells():
    assert is_blank(" \u200b")
    assert not is_blank(0)


@given(ANY_CELL)
def test_no_cell_is_too_odd(value):
    assert text_of(value) == text_of(value).strip()
    assert "\x00" not in plain(value)
    key_of(value)


def test_a_sentence_that_can_be_read_aloud():
    assert str(Unclear("没写几点", "请写成 14:00")) == "没写几点。请写成 14:00。"
    assert quoted("长" * 50) == f"“{'长' * 30}…”"
