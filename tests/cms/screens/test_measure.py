"""Widths and line breaks."""

import pytest

from cms.screens.measure import ems, width, wrap, wrap_evenly


@pytest.mark.parametrize(
    ("text", "least", "most"), [("微信", 2, 2), ("“好”", 3, 3), ("abc", 1.5, 1.8), ("138", 1.5, 1.9)]
)
def test_a_chinese_character_is_one_em_and_latin_about_half(text, least, most):
    assert least <= ems(text) <= most
    assert width(text, 20) == pytest.approx(ems(text) * 20)


def test_lines_are_no_wider_than_asked():
    for line in wrap("请带医保卡，提前15分钟到门诊大楼一楼大厅，找穿绿马甲的志愿者帮忙取号。", 9):
        assert ems(line) <= 9


def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one():
    lines = wrap("一二三四，五六七（八九）十一二三四。“五六七”八九", 4)
    assert not any(line[0] in "，。）”" or line[-1] in "（“" for line in lines)


def test_words_and_numbers_stay_together():
    assert wrap("请拨打12345热线", 4) == ["请拨打", "12345热", "线"]


def test_a_word_wider_than_a_line_is_cut():
    assert "".join(wrap("a" * 40, 5)) == "a" * 40
    assert all(ems(line) <= 5 for line in wrap("a" * 40, 5))


def test_nothing_is_lost():
    text = "允许“微信”在使用时知道您在哪里吗？（只用一次）"
    assert "".join(wrap(text, 6)) == text


def test_even_lines_do_not_leave_one_character_over():
    assert wrap("允许“微信”使用相机吗？", 9.6) == ["允许“微信”使用相", "机吗？"]
    assert wrap_evenly("允许“微信”使用相机吗？", 9.6) == ["允许“微信”", "使用相机吗？"]
