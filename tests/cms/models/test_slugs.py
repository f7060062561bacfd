"""Addresses are pinyin, made on the server, for drafts and pages alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.models.pages import pinyin_slug
from tests.factories.pages import a_lesson, a_module


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("微信扫一扫", "wei-xin-sao-yi-sao"),
        ("用 WiFi 上网", "yong-wifi-shang-wang"),
        ("“12306”买票", "12306-mai-piao"),
        ("女儿的绿码", "nv-er-de-lv-ma"),
        ("  两  头 空 ", "liang-tou-kong"),
        ("？！", "page"),
        ("", "page"),
        ("😀", "page"),
        ("扫" * 60, "-".join(["sao"] * 20)),
    ],
)
def test_title_becomes_pinyin(title, slug):
    assert pinyin_slug(title) == slug


@given(st.text(max_size=100))
def test_any_title_gives_a_plain_address(title):
    slug = pinyin_slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=40))
def test_chinese_title_never_falls_back(title):
    assert pinyin_slug(title) != "page"


@pytest.mark.django_db
@pytest.mark.parametrize("live", [True, False])
def test_same_titles_get_different_addresses(live):
    module = a_module()
    assert [a_lesson(module, title="扫码", live=live).slug for _ in range(3)] == [
        "sao-ma",
        "sao-ma-2",
        "sao-ma-3",
    ]


@pytest.mark.django_db
def test_same_title_elsewhere_needs_no_number():
    assert [a_lesson(title="扫码").slug for _ in range(2)] == ["sao-ma", "sao-ma"]


@pytest.mark.django_db
def test_title_of_numbers_and_chinese_keeps_both():
    assert a_lesson(title="第3课", live=False).slug == "di-3-ke"


@pytest.mark.django_db
def test_new_title_does_not_change_the_address():
    lesson = a_lesson(title="扫码")
    lesson.title = "扫一扫"
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    assert (lesson.title, lesson.slug) == ("扫一扫", "sao-ma")


@pytest.mark.django_db
def test_typed_address_is_kept():
    assert a_lesson(title="扫码", slug="my-own").slug == "my-own"
