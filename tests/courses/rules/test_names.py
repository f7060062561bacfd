"""Names: one key for all spellings, nothing of a rare name lost, and a sentence for what is none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.names import name_key, name_refusal, tidy, without_notes

RARE = "\U00020bb7\U000230b7"  # CJK extension B
NEWER = "\U00031350"  # extension H: not in every Unicode table
PRIVATE = "\ue863"  # where older systems put rare characters


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王　芳", "王芳"),
        ("王\xa0 芳", "王芳"),
        ("\u3000王芳\t", "王芳"),
        ("王\u200b芳\ufeff", "王芳"),
        ("王\x00\x1b芳", "王芳"),
        ("张三（班长）", "张三(班长)"),
        ("Ｍａｒｙ  Smith", "Mary Smith"),
        ("阿卜杜 • 热合曼", "阿卜杜·热合曼"),
        (f"{RARE[0]}　{RARE[1]}", RARE),
        (f"王{NEWER}", f"王{NEWER}"),
        (f"王{PRIVATE}", f"王{PRIVATE}"),
        ("王\ud800芳", "王芳"),
        ("王\u3164芳", "王芳"),
        ("李〇 一", "李〇一"),
    ],
)
def test_a_tidy_name_has_nothing_that_is_not_seen(written, name):
    assert tidy(written) == name
    assert name_refusal(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三（班长）", "张三"),
        ("张 三[新]", "张三"),
        ("张三【组长】", "张三"),
        ("张三（班长", "张三"),
        ("MARY  Smith", "Mary smith"),
        ("Mary（志愿者）Smith", "MarySmith"),
        ("王(小)芳", "王芳"),
        ("阿里‧买买提", "阿里·买买提"),
        (f"{RARE}（组长）", RARE),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


def test_two_names_have_two_keys():
    assert len({name_key(name) for name in ["王芳", "王方", RARE, f"王{PRIVATE}", "Mary", "Marie"]}) == 6


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "请填姓名。"),
        ("　\u200b", "请填姓名。"),
        ("（班长）", "请填姓名。"),
        ("\u3164", "请填姓名。"),
        ("王" * 41, "最多 40 个字"),
        ("ß" * 40, "最多 40 个字"),
        ("12", "您填的是数字。"),
        ("１２", "您填的是数字。"),
        ("***", "您填的是符号。"),
        ("13800000001", "一长串数字"),
        ("王芳13800000001", "一长串数字"),
        ("王芳138-0000-0001", "一长串数字"),
        ("王芳（138 0000 0001）", "一长串数字"),
        ("王芳、李明", "一个人"),
        ("王芳/李明", "一个人"),
    ],
)
def test_what_is_no_name_is_refused_in_words(name, says):
    assert says in name_refusal(tidy(name))


@pytest.mark.parametrize(
    "name", ["王" * 40, "欧阳娜娜", "O'Brien", "Jean-Luc", "王芳2", "Müller", RARE, PRIVATE, NEWER]
)
def test_real_names_are_taken(name):
    assert name_refusal(tidy(name)) is None


@given(st.text(max_size=50))
def test_tidying_again_changes_nothing(written):
    assert tidy(tidy(written)) == tidy(written)
    assert name_key(name_key(written)) == name_key(written)
    assert without_notes(without_notes(written)) == without_notes(written)


@given(st.text(max_size=50))
def test_a_name_that_is_taken_can_be_kept(written):
    name = tidy(written)
    if name_refusal(name) is None:
        assert 0 < len(name) <= 40
        assert 0 < len(name_key(name)) <= 40
        assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in name)
        name.encode()


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=10))
def test_blanks_between_han_are_no_part_of_a_name(name):
    assert tidy("　".join(name)) == name == name_key(" ".join(name))
