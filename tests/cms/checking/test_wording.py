"""Sentences are short, characters common, words those of everybody."""

from datetime import date

import pytest

from cms.checking import Content, Severity, Spot, Standard, Text, check
from cms.checking.characters import known_characters
from cms.checking.sentences import sentences, size

TODAY = date(2026, 11, 24)
JARGON = (("界面", "屏幕"), ("赋能", ""))


def found(*words: str, code: str):
    texts = tuple(Text(Spot(f"第 {place} 步"), each) for place, each in enumerate(words, start=1))
    findings = check(Content(texts=texts), Standard(TODAY, JARGON))
    return [finding for finding in findings if finding.check == code]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("付 15.00 元", 3), ("微信 WeChat 好", 4), ("上午 9:30", 3), ("，。！", 0), ("96110", 1)],
)
def test_a_number_or_a_latin_word_is_read_as_one(words, expected):
    assert size(words) == expected


def test_sentences_end_at_full_stops_and_at_line_ends():
    assert sentences("点右上角。会出来一张单子！\n好。") == ["点右上角", "会出来一张单子"]


@pytest.mark.parametrize(
    ("length", "severity"), [(40, None), (41, Severity.LOOK), (60, Severity.LOOK), (61, Severity.MEND)]
)
def test_a_sentence_is_long_from_41_and_endless_from_61(length, severity):
    findings = found("好" * length + "。", code="sentence")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_a_page_of_rather_long_sentences_is_named():
    assert [each.spot.where for each in found(*["好" * 25 + "。"] * 5, code="sentence")] == ["整页"]
    assert not found(*["好" * 20 + "。"] * 6, code="sentence")
    # Too little text to speak of an average.
    assert not found("好" * 25 + "。", code="sentence")


def test_rare_characters_are_named_where_they_stand():
    (finding,) = found("点好。", "鳏寡孤独，鳏。", code="rare")
    assert finding.spot.where == "第 2 步"
    assert "“鳏”" in finding.message
    assert finding.message.count("鳏") == 1


def test_too_many_rare_characters_are_a_matter_of_the_page():
    pages = [each for each in found("好" * 116 + "鳏" * 4, code="rare") if each.spot.where == "整页"]
    assert [page.severity for page in pages] == [Severity.MEND]
    assert not [e for e in found("好" * 118 + "鳏" * 2, code="rare") if e.spot.where == "整页"]


def test_what_the_site_teaches_and_names_of_places_are_let_through():
    assert not found("安卓、鸿蒙，屏幕、视频、聊天、账号、码。浦东、普陀、闵行。", code="rare")


def test_the_list_is_the_one_of_2500():
    assert len(known_characters()) == 2500 + len(set("屏频聊账诈浏帖贴薪址码卓鸿浦陀闵") - _common())


def _common() -> set[str]:
    from cms.checking.characters import LIST

    lines = LIST.read_text(encoding="utf-8").splitlines()
    common = "".join(line for line in lines if not line.startswith("#"))
    assert len(common) == len(set(common)) == 2500
    return set(common)


def test_jargon_is_named_with_what_to_say_instead():
    first, second = found("看界面。", "为您赋能。", code="jargon")
    assert "“界面”" in first.message
    assert "“屏幕”" in first.how_to_mend
    assert "换一个" in second.how_to_mend


def test_an_apps_own_words_in_quotes_are_no_jargon():
    assert not found("点“界面设置”，再看《界面》。", code="jargon")
