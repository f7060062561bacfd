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


@pytest.mark.parametrize("way", ["lesson", "module", "courses", "home", "scenario", "sitemap", "preview"])
def test_no_page_shows_them(client, lesson, way):
    address = {
        "lesson": lesson.url,
        "module": lesson.get_parent().url,
        "courses": "/courses/",
        "home": "/",
        "scenario": f"/scenarios/{Scenario.SCAN_CODE.value}/",
        "sitemap": "/sitemap.xml",
        "preview": lesson.url + "?phone=apple",
    }[way]
    response = client.get(address)
    assert response.status_code == 200
    assert MARK not in response.content.decode()


@pytest.mark.parametrize("query", [MARK, "独角兽", "坐稳", "dujiaoshou"])
def test_no_search_finds_them(client, lesson, query):
    found = client.get("/search/", {"q": query}).content.decode()
    assert lesson.code not in found
    assert lesson.url not in found
    assert client.get("/search/suggest", {"q": query}).json() == {"suggestions": []}


def test_search_would_find_the_lesson(client, lesson):
    # Beside the test above: what readers may read is found, and shown without the notes.
    found = client.get("/search/", {"q": "扫一扫"}).content.decode()
    assert f'data-code="{lesson.code}"' in found
    assert MARK not in found


def test_teacher_finds_them_in_the_editor(admin_client, lesson):
    assert MARK in admin_client.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
