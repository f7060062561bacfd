"""Numbers with their words, forms of a class, scenarios."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.enums import Scenario
from courses.enums import RunMode, Tongue
from courses.rules.sheets.choices import read_mode, read_scenarios, read_tongue
from courses.rules.sheets.counts import Count, read_count
from courses.rules.sheets.unclear import Unclear
from tests.factories.sheets import ANY_CELL

SPELLINGS = ["{}", "{}人", "{} 人", "约{}人", "{}人左右", "共{}次", "{}次", "{}.0"]
CHINESE = {"八次": 8, "十次": 10, "十六次": 16, "二十次": 20, "三十二人": 32, "两次": 2}


@given(st.integers(0, 999), st.sampled_from(SPELLINGS))
def test_a_number_is_read_back(number, spelling):
    assert read_count(spelling.format(number), most=999, unit="人") == Count(number)
    assert read_count(float(number), most=999, unit="人") == Count(number)


@pytest.mark.parametrize(
    ("written", "number"), [*CHINESE.items(), ("３０人", 30), ("不限", None), ("不限人数", None)]
)
def test_counts(written, number):
    assert read_count(written, most=999, unit="人") == Count(number)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "没写"),
        ("20-30人", "看不出"),
        ("若干", "看不出"),
        ("-3", "看不出"),
        ("1000", "太多了"),
        ("一二人", "看不出"),
    ],
)
def test_what_is_no_count(written, problem):
    assert problem in read_count(written, most=999, unit="人").problem


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("线下", RunMode.ONSITE),
        (" 线 上 ", RunMode.ONLINE),
        ("混合", RunMode.HYBRID),
        ("线上/线下", RunMode.HYBRID),
        ("线上+线下", RunMode.HYBRID),
        ("线下（教室）", RunMode.ONSITE),
        ("录播", RunMode.RECORDED),
    ],
)
def test_modes(written, mode):
    assert read_mode(written) == mode


@pytest.mark.parametrize(
    ("written", "tongue"),
    [
        ("普通话", Tongue.MANDARIN),
        (" 沪 语 ", Tongue.SHANGHAINESE),
        ("上海话", Tongue.SHANGHAINESE),
        ("普通话、沪语", Tongue.BOTH),
        ("沪语和普通话", Tongue.BOTH),
        ("普通话（老师是本地人）", Tongue.MANDARIN),
        *((each.label, each) for each in Tongue),
    ],
)
def test_tongues(written, tongue):
    assert read_tongue(written) == tongue


@pytest.mark.parametrize("scenario", Scenario)
def test_each_scenario_by_its_name(scenario):
    assert read_scenarios(f"{scenario.label}场景") == [scenario]


@given(st.lists(st.sampled_from(list(Scenario)), min_size=1, unique=True), st.sampled_from("、,，/ ；\n"))
def test_scenarios_keep_their_order(scenarios, divider):
    assert read_scenarios(divider.join(each.label for each in scenarios)) == scenarios


def test_what_is_not_on_the_list():
    assert "“打车”不是应用场景" in read_scenarios("出行、打车").problem
    assert "没写应用场景" in read_scenarios("").problem
    assert "不认得" in read_mode("随便").problem
    assert "没写形式" in read_mode(None).problem
    assert str(read_tongue("粤语")) == "“粤语”不认得。请写：普通话、上海话，或者两样都写。"
    assert "没写说什么话" in read_tongue("").problem


@given(ANY_CELL)
def test_nothing_raises(value):
    assert isinstance(read_count(value, most=9, unit="次"), Count | Unclear)
    assert isinstance(read_mode(value), RunMode | Unclear)
    assert isinstance(read_scenarios(value), list | Unclear)
    assert isinstance(read_tongue(value), Tongue | Unclear)
