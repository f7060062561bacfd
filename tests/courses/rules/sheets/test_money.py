"""Fees in the spellings of plans."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.sheets.money import MOST, read_fee
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL

SPELLINGS = [
    "{}",
    "{}元",
    "{} 元",
    "￥{}",
    "¥{}",
    "每人{}元",
    "{}元/人",
    "{}元整",
    "{}块钱",
    "{}元（含教材）",
]


@given(st.decimals(0, 9999, places=2), st.sampled_from(SPELLINGS))
def test_a_fee_is_read_back(fee, spelling):
    assert read_fee(spelling.format(fee)) == fee


@given(st.integers(0, 9999))
def test_what_excel_keeps_is_read_back(fee):
    assert read_fee(float(fee)) == read_fee(fee) == fee


@pytest.mark.parametrize("written", ["免费", "公益（免费）", "不收费", "0", "0元", 0.0, "无"])
def test_free(written):
    assert read_fee(written) == 0


def test_a_fee_with_a_comma():
    assert read_fee("1,200元") == Decimal(1200)


@pytest.mark.parametrize("written", ["20元/次", "20-30元", "面议", "-20", "20.555", "二十元", True])
def test_what_is_no_fee(written):
    assert "看不出一共多少钱" in read_fee(written).problem


def test_nothing_and_too_much():
    assert read_fee("").problem == "没写多少钱"
    assert read_fee(str(MOST)) == MOST
    assert "太多了" in read_fee("100000").problem


@given(ANY_CELL)
def test_nothing_raises(value):
    assert isinstance(read_fee(value), Decimal | Unclear)
