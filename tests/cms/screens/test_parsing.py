"""The reader: right texts become screens, wrong ones get all their faults in plain Chinese."""

import pytest

from cms.screens import ScreenErrors, parse


def faults(text):
    with pytest.raises(ScreenErrors) as caught:
        parse(text)
    return [str(error) for error in caught.value.errors]


def test_an_unknown_widget_gets_the_nearest_name():
    assert faults("列表 大女儿\n\n列标 老张\n撕口") == ["第 3 行：没有“列标”这个控件，是不是想写“列表”？"]
