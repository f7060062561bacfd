"""Replacing words: exactly those, nowhere else, and back again."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cms import screens
from cms.services.replacing import Renaming, renaming_refusals

CHARACTERS = st.text("扫一码点好信微付款|*（） ：\n#ab", max_size=60)
WORDS = st.text("扫一码点好信微付款ab", min_size=2, max_size=6)


@given(CHARACTERS, WORDS, WORDS)
def test_replacing_back_gives_the_first_text(text, what, into):
    there, back = Renaming(what, into), Renaming(into, what)
    assume(into not in text and what not in into and into not in what)
    # Words that overlap what stands around them could be read in two ways.
    changed = there.in_text(text)
    assume(changed.count(into) == text.count(what))
    assert back.in_text(changed) == text


@given(CHARACTERS, WORDS, WORDS)
def test_nothing_outside_the_hits_changes(text, what, into):
    renaming = Renaming(what, into)
    assume(into not in text)
    assert renaming.in_text(text).split(into) == text.split(what) or into in what or what in into


@given(CHARACTERS, WORDS, WORDS)
def test_doing_it_again_changes_nothing_more(text, what, into):
    assume(what in into)
    once = Renaming(what, into).in_text(text)
    assert Renaming(what, into).in_text(once) == once


@given(CHARACTERS, WORDS, WORDS, st.booleans())
def test_hits_are_as_many_as_changes(text, what, into, is_screen):
    assume(into not in text and what not in into)
    renaming = Renaming(what, into)
    changed = renaming.apply(text, is_screen=is_screen)
    hits = list(renaming.hits(text, "x", is_screen=is_screen))
    assert bool(hits) == (changed != text)
    assert all(hit.words == what for hit in hits)
    assert len(changed) - len(text) == len(hits) * (len(into) - len(what))


def test_new_words_that_contain_the_old_ones_are_left_alone():
    renaming = Renaming("扫一扫", "微信扫一扫")
    assert renaming.in_text("点“扫一扫”，就是微信扫一扫。") == "点“微信扫一扫”，就是微信扫一扫。"
    assert [hit.before for hit in renaming.hits("点“扫一扫”，就是微信扫一扫。", "x", is_screen=False)] == [
        "点“"
    ]


def test_a_hit_is_shown_with_what_is_around_it():
    (hit,) = Renaming("扫一扫", "扫码").hits("一" * 30 + "扫一扫" + "二" * 30, "第 3 步", is_screen=False)
    assert (hit.where, hit.before, hit.words, hit.after) == (
        "第 3 步",
        "…" + "一" * 16,
        "扫一扫",
        "二" * 16 + "…",
    )


def test_names_of_widgets_and_remarks_stay():
    text = "# 列表要短\n标题栏 列表 | + *\n列表 列表\n按钮：列表\n撕口\n"
    assert (
        Renaming("列表", "单子").in_screen(text)
        == "# 列表要短\n标题栏 单子 | + *\n列表 单子\n按钮：单子\n撕口\n"
    )


def test_line_ends_of_a_screen_stay():
    assert Renaming("好的", "行").in_screen("按钮 好的\r\n撕口") == "按钮 行\r\n撕口"


@pytest.mark.parametrize("name", sorted(screens.WIDGETS))
def test_no_widget_can_be_renamed(name):
    assert Renaming(name, "别的").in_screen(f"{name} 字") == f"{name} 字"


@pytest.mark.parametrize(
    ("what", "into", "field"),
    [("", "好", "what"), ("扫", "扫码", "what"), ("扫码", "", "into"), ("扫码", "扫码", "into")],
)
def test_senseless_words_are_refused(what, into, field):
    assert field in renaming_refusals(what, into)


def test_sensible_words_are_not():
    assert renaming_refusals("扫一扫", "扫码") == {}
