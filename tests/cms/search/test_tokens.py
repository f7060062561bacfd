"""How text and queries become words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.search.tokens import (
    QUERY_LENGTH,
    cut,
    index_words,
    normalise,
    pinyin_words,
    query_words,
    sound_words,
)

HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("微信支付", ["微信", "信支", "支付", "微", "信", "支", "付"]),
        ("码", ["码"]),
        ("随申码，亮码", ["随申", "申码", "随", "申", "码", "亮码", "亮", "码"]),
        ("Wi-Fi", ["wifi", "wi", "fi"]),
        ("SCAN-2", ["scan2", "scan", "2"]),
        ("５Ｇ", ["5g", "5", "g"]),
        ("用 A4 纸", ["用", "a4", "a", "4", "纸"]),
        ("", []),
        ("，。！", []),
    ],
)
def test_text_becomes_pairs_and_single_characters(text, words):
    assert index_words(text) == words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("微信支付", ["微信", "信支", "支付"]),
        ("码", ["码"]),
        ("扫一扫 扫一扫", ["扫一", "一扫"]),
        ("SCAN-2", ["scan2"]),
        ("scan2", ["scan2"]),
        ("ｓｃａｎ－２", ["scan2"]),
        ("scan–2", ["scan2"]),
        ("scan 2", ["scan", "2"]),
        ("wifi连不上", ["wifi", "连不", "不上"]),
    ],
)
def test_a_query_asks_for_pairs(query, words):
    assert query_words(query) == words


@pytest.mark.parametrize("typed", ["SCAN-2", "scan2", "scan-2", "Scan–2", "SCAN 2", "scan_2", "ＳＣＡＮ２"])
def test_a_code_is_found_however_it_is_typed(typed):
    assert set(query_words(typed)) <= set(index_words("编号 SCAN-2。"))
    assert not set(query_words(typed)) <= set(index_words("编号 SCAN-3。"))


@pytest.mark.parametrize(
    "query",
    ['"', "'", '""', "*", "()", "' --", ";", "%", "\\", "{}:", "&|!", "\x00", "^~", "<->", "–", "？！"],
)
def test_signs_alone_ask_for_nothing(query):
    assert query_words(query) == []


@given(st.text(max_size=150))
def test_only_letters_digits_and_han_come_out(text):
    for word in index_words(text) + query_words(text) + pinyin_words(text) + sound_words(text):
        assert word.isalnum()
        assert 0 < len(word) <= 60


@given(HAN, st.data())
def test_any_two_han_characters_or_more_are_found(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert query_words(text[start:end])
    assert set(query_words(text[start:end])) <= set(index_words(f"前{text}，后"))


@given(st.text(max_size=100), HAN)
def test_han_inside_anything_is_found(around, text):
    assert set(query_words(text)) <= set(index_words(around + text + around))


@given(HAN, HAN)
def test_a_stranger_is_not_found(text, other):
    if not set(text) & set(other):
        assert not set(query_words(text)) & set(index_words(other))


def test_nothing_is_found_across_a_comma():
    assert "信扫" not in index_words("微信，扫码")


def test_a_title_sounds_like_its_pinyin_its_syllables_and_its_initials():
    words = pinyin_words("微信")
    assert words == ["wei", "weixin", "wx", "xin"]


@pytest.mark.parametrize("typed", ["weixin", "wei", "saoyisao", "weixinsaoyisao", "wx", "sys", "wxsys"])
def test_pieces_of_a_title_can_be_typed_in_letters(typed):
    assert typed in pinyin_words("微信扫一扫")


def test_a_long_title_is_there_as_a_whole_too():
    assert "zaishoujishangkankanjianchabaogao" in pinyin_words("在手机上看看检查报告")


def test_the_number_of_sounds_grows_with_the_title_not_faster():
    assert len(pinyin_words("学会用微信扫一扫再也不怕出门买菜付钱" * 2)) <= 38 * 12


def test_a_phrase_decides_how_a_character_is_read():
    assert "yinhang" in pinyin_words("银行")
    assert "xingren" in pinyin_words("行人")


def test_the_same_sound_gives_the_same_words():
    assert sound_words("威信") == sound_words("微信") == ["weixin"]


def test_letters_sound_as_they_are_and_one_character_is_not_asked_by_sound():
    assert sound_words("weix") == ["weix"]
    assert sound_words("为") == []


def test_invisible_characters_are_dropped():
    assert index_words("微\u200b信\x00\ufeff") == index_words("微信")
    assert normalise("微\ud800信") == "微信"


def test_line_breaks_and_wide_spaces_separate():
    assert query_words("微\n信") == ["微", "信"]
    assert query_words("微\u3000信") == ["微", "信"]


def test_a_query_is_cut_at_a_hundred_characters():
    assert cut("  码 ") == "码"
    assert len(cut("码" * 500)) == QUERY_LENGTH == 100
    assert query_words("一" * 99 + "二三") == ["一一", "一二"]


def test_an_endless_word_is_cut_the_same_way_on_both_sides():
    assert query_words("a" * 90) == ["a" * 60]
    assert set(query_words("a" * 90)) <= set(index_words("a" * 90))
