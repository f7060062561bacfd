"""The screen beside its text: drawn for those who write, named line by line when it cannot be, never kept."""

import pytest
from django.test import Client
from django.urls import reverse

from cms import screens
from cms.enums import PhoneKind
from cms.models import DrawnScreen
from tests.factories.people import a_designer

SCREEN = "标题栏 微信 | + *\n列表 大女儿\n撕口"


def draw(browser, text: str = SCREEN, phone: str = "android"):
    return browser.post(reverse("draw_screen"), {"text": text, "phone": phone})


@pytest.mark.parametrize("phone", PhoneKind.values)
def test_drawing_is_the_one_readers_get(designer, phone):
    answer = draw(designer, phone=phone).json()
    assert answer["svg"] == screens.draw(screens.parse(SCREEN), phone).svg
    assert answer["alt"] == "微信这一页，红圈圈住右上角的小加号。"
    assert answer["errors"] == []


def test_every_wrong_line_is_named(designer):
    answer = draw(designer, "标题栏 微信\n列标 大女儿\n\n表 老张").json()
    assert [error["line"] for error in answer["errors"]] == [2, 4]
    assert "是不是想写“列表”" in answer["errors"][0]["message"]
    assert (answer["svg"], answer["alt"]) == ("", "")


def test_lines_count_the_same_with_a_browsers_line_ends(designer):
    answer = draw(designer, "标题栏 微信\r\n列标 大女儿").json()
    assert [error["line"] for error in answer["errors"]] == [2]


def test_nothing_is_kept(designer):
    draw(designer)
    assert not DrawnScreen.objects.exists()


def test_drawing_asks_the_database_only_who_it_is(designer, django_assert_max_num_queries):
    draw(designer)
    with django_assert_max_num_queries(6):
        draw(designer, "标题栏 没画过的\n撕口")


def test_words_in_a_drawing_are_no_markup(designer):
    svg = draw(designer, "标题栏 <script>alert(1)</script>\n撕口").json()["svg"]
    assert "<script" not in svg


@pytest.mark.parametrize(
    ("text", "phone"), [("字" * 1001, "android"), (SCREEN, "nokia"), (SCREEN, ""), ("字" * 5000, "apple")]
)
def test_what_the_editor_never_sends(designer, text, phone):
    assert draw(designer, text, phone).status_code == 400


def test_longest_text_counts_line_ends_once(designer):
    assert draw(designer, "\r\n".join(["#" + "字" * 23] * 40)).status_code == 200


def test_only_posted(designer):
    assert designer.get(reverse("draw_screen")).status_code == 405


def test_stranger_is_turned_away(client, db):
    assert draw(client).status_code == 302
    script = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    assert (
        client.post(reverse("draw_screen"), {"text": SCREEN, "phone": "apple"}, **script).status_code == 403
    )


def test_another_site_cannot_ask(db):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(a_designer())
    assert draw(browser).status_code == 403
