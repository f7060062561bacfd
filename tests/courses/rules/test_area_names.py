"""Names of streets and towns as text: what is left out, what is noise, what comes near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import AreaKind
from courses.rules.area_names import (
    ambiguous_words,
    area_key,
    kind_of,
    nearest,
    nearness,
    short_forms,
    unknown_words,
    without_city,
)

HAN = st.text(st.sampled_from("田林凌云路新村镇街道虹桥上海市区"), min_size=1, max_size=12)
NOISE = st.text(st.sampled_from(" \u3000\t\n\u200b·-/，。"), max_size=3)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("田林街道", AreaKind.SUBDISTRICT),
        ("江湾镇街道", AreaKind.SUBDISTRICT),
        ("真如镇街道", AreaKind.SUBDISTRICT),
        ("彭浦镇", AreaKind.TOWN),
        ("川沙新镇", AreaKind.TOWN),
        ("新村乡", AreaKind.TOWNSHIP),
    ],
)
def test_the_level_is_read_from_the_end(name, kind):
    assert kind_of(name) == kind


def test_a_name_without_a_level_is_refused():
    with pytest.raises(ValueError, match="no level"):
        kind_of("莘庄工业区")


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        ("田林街道", AreaKind.SUBDISTRICT, {"田林"}),
        ("凌云路街道", AreaKind.SUBDISTRICT, {"凌云路", "凌云", "凌云街道"}),
        ("仙霞新村街道", AreaKind.SUBDISTRICT, {"仙霞新村", "仙霞", "仙霞街道"}),
        ("江湾镇街道", AreaKind.SUBDISTRICT, {"江湾镇", "江湾", "江湾街道"}),
        ("彭浦镇", AreaKind.TOWN, {"彭浦"}),
        ("新村乡", AreaKind.TOWNSHIP, {"新村"}),
        ("唐镇", AreaKind.TOWN, set()),
        ("浦东新区", AreaKind.DISTRICT, {"浦东", "浦东新"}),
        ("莘庄工业区", AreaKind.TOWNSHIP_LIKE, set()),
    ],
)
def test_what_is_left_out_of_a_name(name, kind, forms):
    assert short_forms(name, kind) == forms


@given(HAN, st.lists(NOISE, min_size=13, max_size=13))
def test_noise_between_the_characters_does_not_count(name, noise):
    written = "".join(gap + sign for gap, sign in zip(noise, name, strict=False)) + noise[-1]
    assert area_key(written) == area_key(name) == name


@given(st.text(max_size=60))
def test_any_text_has_a_key_that_is_its_own_key(written):
    key = area_key(written)
    assert area_key(key) == key


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("上海市徐汇区田林街道", "徐汇区田林街道"),
        ("上海徐汇田林", "徐汇田林"),
        ("上海市市辖区徐汇区", "徐汇区"),
        ("上海市", "上海市"),
        ("上海", "上海"),
        ("上钢新村街道", "上钢新村街道"),
    ],
)
def test_the_city_before_a_name_is_left_out(key, left):
    assert without_city(key) == left


@given(HAN, HAN)
def test_nearness_has_bounds_and_no_direction(one, other):
    assert 0 <= nearness(one, other) == nearness(other, one) <= 1
    assert nearness(one, one) == 1


def test_the_nearest_come_first_and_strangers_do_not_come():
    names = {"徐汇区田林街道": "田林", "徐汇区枫林路街道": "枫林", "崇明区堡镇": "堡镇"}
    assert nearest("田淋街道", names) == ["徐汇区田林街道"]
    assert nearest("枫林桥", names) == ["徐汇区枫林路街道"]
    assert nearest("纽约", names) == []


def test_no_more_than_three_are_named():
    assert len(nearest("浦东", {f"浦{sign}街道": f"浦{sign}" for sign in "一二三四五"})) == 3


def test_sentences_say_what_to_do():
    assert ambiguous_words("某", ["甲", "乙"]) == "“某”有两个：甲、乙。请写全。"
    assert ambiguous_words("某", ["甲", "乙", "丙"]) == "“某”有3个：甲、乙、丙。请写全。"
    assert "请写街镇" in unknown_words("", [])
    assert unknown_words("某", []) == "没有叫“某”的街镇。请写全称，比如：徐汇区田林街道。"
