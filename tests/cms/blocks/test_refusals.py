"""What each block refuses, in words a course designer can act on."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from cms.blocks import (
    CautionBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointsBlock,
    QuestionBlock,
    StepBlock,
)
from cms.blocks.chapter import RuleBlock, SectionBlock
from cms.blocks.links import HotlineBlock
from cms.blocks.media import ScreenTextBlock
from cms.blocks.plain import LineBlock, WordsBlock
from cms.blocks.quiz import QuestionsBlock
from cms.blocks.steps import OptionalCautionBlock, SharedStepBodyBlock, StepsBlock
from cms.models import HomePage
from tests.factories.images import an_image

SCREEN = "标题栏 微信 | + *"


def clean(block, raw):
    return block.clean(block.to_python(raw))


def refused(block, raw) -> dict[str, str]:
    """Return what is said at each field; "" stands for the block as a whole."""
    with pytest.raises(ValidationError) as refusal:
        clean(block, raw)
    return _messages(refusal.value)


def _messages(error) -> dict[str, str]:
    if not isinstance(error, StructBlockValidationError):
        return {"": " ".join(ValidationError(error).messages)}
    return {field: " ".join(_messages(each).values()) for field, each in error.block_errors.items()}


def picture(**values):
    return {"screen": "", "screenshot": None, "alt": "", "tap_x": None, "tap_y": None} | values


def a_step(**values):
    return {"do": "点“好”。"} | values


@pytest.mark.parametrize(
    "block", [LineBlock(max_length=20), WordsBlock(max_length=20), ParagraphBlock(max_length=20)]
)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\u200b", "\u202e", "\ufeff", "\x7f"])
def test_characters_nobody_can_see(block, character):
    message = refused(block, f"点{character}好")[""]
    assert "看不见的符号" in message
    assert f"U+{ord(character):04X}" in message


@pytest.mark.parametrize("words", ["点“好”。", "一行\n两行", "<b>不是标记</b>", "😀", "𠮷野家"])
def test_ordinary_words_are_taken(words):
    assert clean(WordsBlock(max_length=20), words) == words


@pytest.mark.parametrize(
    ("block", "longest"),
    [(SectionBlock(max_length=20), 20), (ParagraphBlock(max_length=600), 600), (ScreenTextBlock(), 1000)],
)
def test_too_many_words(block, longest):
    assert str(longest) in refused(block, "字" * (longest + 1))[""]


@pytest.mark.parametrize(("field", "longest"), [("do", 40), ("look", 80), ("if_different", 120)])
def test_too_many_words_in_a_step(field, longest):
    assert clean(StepBlock(), a_step(**{field: "字" * longest}))[field] == "字" * longest
    assert str(longest) in refused(StepBlock(), a_step(**{field: "字" * (longest + 1)}))[field]


def test_step_needs_something_to_do():
    assert set(refused(StepBlock(), {"do": ""})) == {"do"}


@pytest.mark.parametrize(("kind", "text"), [("money", ""), ("", "小心。")])
def test_half_a_caution(kind, text):
    message = refused(OptionalCautionBlock(), {"kind": kind, "text": text})["text"]
    assert "提醒要选一种，也要写一句话" in message


@pytest.mark.parametrize(("kind", "text"), [("", ""), ("scam", "小心。")])
def test_no_caution_or_a_whole_one(kind, text):
    assert clean(OptionalCautionBlock(), {"kind": kind, "text": text})["text"] == text


def test_caution_of_a_chapter_is_never_empty():
    assert set(refused(CautionBlock(), {"kind": "", "text": ""})) == {"kind", "text"}


def test_unknown_kind_of_caution():
    assert "kind" in refused(CautionBlock(), {"kind": "moon", "text": "x"})


def test_drawn_screen_alone_is_enough():
    assert clean(PictureBlock(), picture(screen=SCREEN))["screen"] == SCREEN


def test_no_picture_is_no_mistake():
    assert not clean(PictureBlock(), picture())["screen"]


def test_wrong_lines_are_named_by_their_number():
    message = refused(PictureBlock(), picture(screen="标题栏 微信\n飞毯 上天\n列表 大女儿\n没有这个"))[
        "screen"
    ]
    assert "2" in message
    assert "4" in message
    assert "飞毯" in message
    assert "没有这个" in message


def test_both_kinds_of_picture(db):
    problem = refused(PictureBlock(), picture(screen=SCREEN, screenshot=an_image().pk, alt="图"))
    assert "只能用一种" in problem["screenshot"]


def test_screenshot_without_words_for_it(db):
    assert "文字说明" in refused(PictureBlock(), picture(screenshot=an_image().pk))["alt"]


@pytest.mark.parametrize(("x", "y"), [(50.0, None), (None, 50.0)])
def test_half_a_place_to_tap(db, x, y):
    problem = refused(PictureBlock(), picture(screenshot=an_image().pk, alt="图", tap_x=x, tap_y=y))
    assert "两个数都要填" in problem["tap_y"]


@pytest.mark.parametrize(
    ("field", "value"), [("tap_x", -0.1), ("tap_x", 100.1), ("tap_y", -5), ("tap_y", 1e9)]
)
def test_place_to_tap_outside_the_picture(db, field, value):
    values = {"tap_x": 50.0, "tap_y": 50.0} | {field: value}
    problem = refused(PictureBlock(), picture(screenshot=an_image().pk, alt="图", **values))
    assert problem == {field: "从 0 到 100。"}


@pytest.mark.parametrize("edge", [0.0, 100.0])
def test_place_to_tap_at_the_edge(db, edge):
    value = clean(PictureBlock(), picture(screenshot=an_image().pk, alt="图", tap_x=edge, tap_y=edge))
    assert value["tap_x"] == edge


def test_place_to_tap_without_a_screenshot():
    assert "用星号" in refused(PictureBlock(), picture(screen=SCREEN, tap_x=1.0, tap_y=1.0))["tap_x"]


def test_all_mistakes_of_a_picture_are_said_at_once(db):
    assert set(refused(PictureBlock(), picture(screenshot=an_image().pk, tap_x=1.0))) == {"alt", "tap_y"}


def test_one_phone_twice():
    variants = [{"phone": "apple", "do": "甲"}, {"phone": "apple", "do": "乙"}, {"phone": "harmony"}]
    message = refused(StepBlock(), a_step(variants=variants))["variants"]
    assert "苹果写了两次" in message
    assert "鸿蒙" not in message


def test_each_phone_once():
    variants = [{"phone": phone, "do": "点“好”。"} for phone in ("android", "apple", "harmony")]
    assert len(clean(StepBlock(), a_step(variants=variants))["variants"]) == 3


def test_more_variants_than_phones():
    variants = [{"phone": phone} for phone in ("android", "apple", "harmony", "android")]
    assert "variants" in refused(StepBlock(), a_step(variants=variants))


def test_unknown_phone():
    assert "variants" in refused(StepBlock(), a_step(variants=[{"phone": "nokia"}]))


@pytest.mark.parametrize("number", ["12345", "021-1234 5678", "110"])
def test_telephone_number(number):
    assert clean(HotlineBlock(), {"name": "热线", "number": number})["number"] == number


@pytest.mark.parametrize("number", ["电话", "12", "+86 123", "110;rm", "1" * 20, "-12345"])
def test_what_is_no_telephone_number(number):
    assert "电话只写数字" in refused(HotlineBlock(), {"name": "热线", "number": number})["number"]


def test_link_to_nowhere():
    assert "填一个，只填一个" in refused(LinkBlock(), {"text": "去", "page": None, "url": ""})["url"]


def test_link_to_two_places(db):
    raw = {"text": "去", "page": HomePage.objects.get().pk, "url": "https://a.example/"}
    assert "填一个，只填一个" in refused(LinkBlock(), raw)["url"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "kein", "//x", "data:text/html,x"])
def test_link_to_what_is_no_address(url):
    assert "url" in refused(LinkBlock(), {"text": "去", "page": None, "url": url})


@pytest.mark.parametrize("target", ["page", "url"])
def test_link_to_one_place(db, target):
    raw = {"text": "去", "page": None, "url": ""}
    raw[target] = HomePage.objects.get().pk if target == "page" else "https://a.example/"
    assert clean(LinkBlock(), raw)[target]


@pytest.mark.parametrize("raw", [{"question": "", "answer": "答"}, {"question": "问", "answer": ""}])
def test_half_a_question(raw):
    assert len(refused(QuestionBlock(), raw)) == 1


@pytest.mark.parametrize(
    "raw", [{"title": "", "text": "x"}, {"title": "x", "text": ""}, {"title": "字" * 21, "text": "x"}]
)
def test_incomplete_rule(raw):
    assert len(refused(RuleBlock(), raw)) == 1


def test_empty_list_of_points():
    with pytest.raises(ValidationError):
        clean(PointsBlock(), [])


@pytest.mark.parametrize(
    ("stream", "block", "most"),
    [
        (StepsBlock(), {"type": "step", "value": {"do": "点。"}}, 20),
        (QuestionsBlock(), {"type": "question", "value": {"question": "问", "answer": "答"}}, 3),
        (SharedStepBodyBlock(), {"type": "step", "value": {"do": "点。"}}, 1),
    ],
)
def test_as_many_as_allowed_and_no_more(stream, block, most):
    assert len(stream.clean(stream.to_python([block] * most))) == most
    with pytest.raises(ValidationError):
        stream.clean(stream.to_python([block] * (most + 1)))
