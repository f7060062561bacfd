"""Teaching notes are for teachers: no reader gets them, on no way."""

import pytest

from cms.enums import Scenario
from tests.factories.pages import a_lesson, a_module

MARK = "独角兽暗号"


@pytest.fixture
def lesson(db):
    return a_lesson(
        a_module(title="扫码"), title="微信扫一扫", teaching_notes=f"{MARK}：先让老人坐稳。", topics=["微信"]
    )


def test_no_page_shows_them(client, lesson):
    scenario = f"/scenarios/{Scenario.SCAN_CODE.value}/"
    module = lesson.get_parent().url
    for address in (
        lesson.url,
        f"{lesson.url}?phone=apple",
        module,
        scenario,
        "/courses/",
        "/",
        "/sitemap.xml",
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert MARK not in response.content.decode(), address


def test_no_search_finds_them(client, lesson):
    for query in (MARK, "独角兽", "坐稳", "dujiaoshou"):
        found = client.get("/search/", {"q": query}).content.decode()
        assert lesson.code not in found, query
        assert lesson.url not in found, query
        assert client.get("/search/suggest", {"q": query}).json() == {"suggestions": []}, query


def test_search_would_find_the_lesson(client, lesson):
    # Beside the test above: what readers may read is found, and shown without the notes.
    found = client.get("/search/", {"q": "扫一扫"}).content.decode()
    assert f'data-code="{lesson.code}"' in found
    assert MARK not in found


def test_teacher_finds_them_in_the_editor(admin_client, lesson):
    assert MARK in admin_client.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
