"""Who is meant by what people call themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.nicknames import Somebody, read_nickname, who_is

ZHANG = Somebody(1, "张三", "13812345678", "5678")
LI = Somebody(2, "李四", "13900004321", "4321")
LIS_WIFE = Somebody(3, "王秀兰", "13900004321", "4321")
SECOND_ZHANG = Somebody(4, "张三", "13711110000", "0000")
FOREIGNER = Somebody(5, "mary smith", "", "")


def meant(written: str, *among: Somebody) -> int | None:
    said = read_nickname(written)
    found = who_is(said.names, phones=said.phones, tails=said.tails, among=among)
    return found.pk if found else None


@pytest.mark.parametrize(
    "written",
    [
        "张三",
        "张 三",
        "静安-张三",
        "静安_张三",
        "张三（静安）",
        "【静安】张三",
        "张三 13812345678",
        "张三13812345678",
        "138****5678",
        "5678",
        "张三的iPhone",
        "张三 5678",
        "08张三",
        "张阿姨 13812345678",
    ],
)
def test_every_way_to_write_oneself(written):
    assert meant(written, ZHANG, LI) == 1


def test_names_of_other_scripts_keep_their_blanks():
    assert meant("Mary Smith", ZHANG, FOREIGNER) == 5


@pytest.mark.parametrize("written", ["张", "小明", "iPhone", "", "12", "13999999999", "用户4999"])
def test_nobody_is_guessed(written):
    assert meant(written, ZHANG, LI) is None


def test_of_two_with_one_name_the_number_says_who():
    assert meant("张三", ZHANG, SECOND_ZHANG) is None
    assert meant("张三 0000", ZHANG, SECOND_ZHANG) == 4


def test_of_a_couple_with_one_number_the_name_says_who():
    assert meant("13900004321", LI, LIS_WIFE) is None
    assert meant("王秀兰 13900004321", LI, LIS_WIFE) == 3


def test_a_name_and_a_number_of_two_people_are_nobody():
    assert meant("张三 4321", ZHANG, LI) is None


@given(st.text(max_size=200))
def test_whatever_somebody_calls_themselves_is_read(written):
    assert "" not in read_nickname(written).names
