"""`/screens/<hash>.svg`: drawn once, kept for ever."""

import hashlib
import re

import pytest

from cms.models import DrawnScreen
from tests.factories.pages import a_lesson, drawn_step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(client):
    """The first picture of a lesson."""
    lesson = a_lesson(steps=stream(drawn_step("标题栏 微信 | + *\n列表 大女儿\n撕口")))
    return parsed(client.get(lesson.url)).all("li[data-step] img")[0]


def test_picture_is_an_svg_kept_for_ever(client, picture):
    response = client.get(picture["src"])
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response.content.startswith(b"<svg")
    assert not response.cookies


def test_address_is_made_from_the_bytes(client, picture):
    digest = re.fullmatch(r"/screens/([0-9a-f]{16})\.svg", picture["src"]).group(1)
    assert hashlib.sha256(client.get(picture["src"]).content).hexdigest()[:16] == digest


def test_picture_says_its_size_and_what_it_shows(picture):
    drawn = DrawnScreen.objects.get(digest=picture["src"].removeprefix("/screens/").removesuffix(".svg"))
    assert (picture["width"], picture["height"]) == (str(drawn.width), str(drawn.height))
    assert picture["alt"] == drawn.alt
    assert "加号" in picture["alt"]


def test_one_query_answers(client, picture, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(picture["src"])


@pytest.mark.parametrize("name", ["0" * 20, "abc", "x" * 500, "..", "ABC_def-1"])
def test_unknown_picture_is_not_found(client, name):
    assert client.get(f"/screens/{name}.svg").status_code == 404


def test_drawn_when_saved_never_when_read(client, monkeypatch):
    lesson = a_lesson(steps=stream(drawn_step("大字 从没画过的屏幕")))
    assert DrawnScreen.objects.filter(alt__contains="从没画过的屏幕").count() == 3
    monkeypatch.setattr("cms.screens.draw", lambda *args: pytest.fail("drawn while reading"))
    assert parsed(client.get(lesson.url)).all("li[data-step] img")
