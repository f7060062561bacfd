"""Paper by Typst: words are data, sheets stay one sheet, pictures have words."""

from unittest import mock

import pytest
import typst
from hypothesis import given, strategies
from hypothesis import settings as examples

from cms.enums import Scenario
from cms.services.typesetting import INSTEAD, Picture, PictureWithoutWords, icon_svg, typeset
from cms.stylesheet import scenario_colours
from tests.pdf import page_count, signs

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6v6H1z"/></svg>'


@pytest.fixture
def template(tmp_path):
    """A sheet with a box of words and a picture, if there is one."""
    path = tmp_path / "sheet.typ"
    path.write_text(
        '#set document(title: "单子", date: none)\n#fitted(300, 100, (40, 20, 10), bold(data.words))\n'
        '#if "picture" in data { picture(data.picture, width: 1cm) }\n',
        encoding="utf-8",
    )
    return path


def test_a_sheet_comes_out_that_can_be_read_aloud(template):
    pdf = typeset(template, data={"words": "学手机", "picture": Picture(SQUARE, "一个方块")})
    assert pdf.startswith(b"%PDF")
    assert page_count(pdf) == 1
    assert set("学手机") <= signs(pdf)
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize(
    "words", ["#panic()", "$x$", "\\", '"', "*粗* _斜_ `码`", "= 标题", "@引 <标>", "#{"]
)
def test_marks_of_typst_are_words(template, words):
    assert set(words.replace(" ", "")) <= signs(typeset(template, data={"words": words}))


def test_a_sign_the_font_lacks_leaves_a_box(template):
    found = signs(typeset(template, data={"words": "𠀀野😀한\u200b\x07"}))
    assert {"野", INSTEAD} <= found
    assert not found & {"𠀀", "😀", "한", "\x07"}


@examples(max_examples=25)
@given(words=strategies.text(max_size=400))
def test_any_words_make_one_sheet(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("sheet") / "sheet.typ"
    source = '#set document(title: "单", date: none)\n#fitted(300, 100, (40, 20, 10), bold(data.words))'
    path.write_text(source, encoding="utf-8")
    assert page_count(typeset(path, data={"words": words})) == 1


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_without_words_is_refused_and_named(template, alt):
    with pytest.raises(PictureWithoutWords) as refusal:
        typeset(template, data={"words": "", "steps": [{"picture": Picture(SQUARE, alt)}]})
    assert refusal.value.field == "steps.1.picture"
    assert "steps.1.picture" in str(refusal.value)


def test_the_same_content_is_set_once(template):
    with mock.patch("cms.services.typesetting.typst.compile", wraps=typst.compile) as compiled:
        first = typeset(template, data={"words": "一"})
        assert typeset(template, data={"words": "一"}) == first
        assert compiled.call_count == 1
        typeset(template, data={"words": "二"})
        template.write_text(template.read_text() + "#line()", encoding="utf-8")
        typeset(template, data={"words": "一"})
        assert compiled.call_count == 3


def test_a_template_reads_nothing_outside_its_folder(template):
    template.write_text('#read("../rules.py")', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        typeset(template, data={"words": ""})


@pytest.mark.parametrize("scenario", Scenario)
def test_each_scenario_has_an_icon_in_its_colours(scenario):
    dark, tint = scenario_colours()[scenario.value]
    svg = icon_svg(scenario.value, colour=dark, behind=tint)
    assert svg.startswith("<svg ")
    assert f'fill="{dark}"' in svg
    assert svg.endswith("</svg>")
