"""Signs for apps: known names, the neutral one, and no sign that nobody can reach."""

import re

import pytest

from cms.screens.symbols import NAMES, SHAPES, symbol

EXPECTED = (
    "相机 短信 电话 相册 微信 随申办 设置 地图 天气 支付宝 日历 时钟 文件 浏览器 应用市场 手电筒 国家反诈中心"
)


@pytest.mark.parametrize("name", EXPECTED.split())
def test_common_apps_have_a_sign(name):
    assert symbol(name) is not SHAPES["neutral"]


def test_an_unknown_name_gets_the_neutral_sign():
    assert symbol("没听说过") is SHAPES["neutral"]


def test_case_and_spaces_do_not_matter():
    assert symbol(" App Store ") is SHAPES["shop"]


def test_names_lead_to_shapes_and_every_shape_has_a_name():
    assert set(NAMES.values()) | {"neutral"} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_signs_are_compact_paths_within_their_grid(name):
    drawn = SHAPES[name].fill + SHAPES[name].line
    assert len(drawn) <= 160
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9 .-]+", drawn)
    starts = re.findall(r"M(\d+(?:\.\d+)?) (\d+(?:\.\d+)?)", drawn)
    assert starts
    assert all(0 <= float(value) <= 32 for pair in starts for value in pair)
