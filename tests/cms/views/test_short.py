"""`/l/<code>/`: the address on paper leads to the page wherever it stands today."""

import pytest

from tests.factories.pages import a_chapter, a_lesson, a_module
from tests.html import parsed

pytestmark = pytest.mark.django_db


def assert_friendly_not_found(response):
    assert response.status_code == 404
    assert parsed(response).all('a[href^="tel:"]')


def test_code_leads_to_its_lesson(client):
    lesson = a_lesson()
    response = client.get(f"/l/{lesson.code}/")
    assert (response.status_code, response["Location"]) == (302, lesson.url)


def test_code_leads_to_its_chapter(client):
    chapter = a_chapter()
    assert client.get(f"/l/{chapter.code}/")["Location"] == chapter.url


def test_lower_case_is_as_good(client):
    lesson = a_lesson()
    assert client.get(f"/l/{lesson.code.lower()}/")["Location"] == lesson.url


def test_code_without_its_slash_leads_there_too(client):
    lesson = a_lesson()
    response = client.get(f"/l/{lesson.code}", follow=True)
    assert response.redirect_chain[-1][0] == lesson.url


def test_code_follows_a_renamed_lesson(client):
    lesson = a_lesson()
    code, lesson.slug, lesson.title = lesson.code, "ling-yi-ge", "另一个名字"
    lesson.save_revision().publish()
    response = client.get(f"/l/{code}/")
    assert response["Location"].endswith("/ling-yi-ge/")
    assert client.get(response["Location"]).status_code == 200


def test_code_follows_a_lesson_moved_to_another_module(client):
    lesson, other = a_lesson(), a_module(title="别的模块")
    lesson.move(other, pos="last-child")
    response = client.get(f"/l/{lesson.code}/")
    assert response["Location"].startswith(other.url)
    assert client.get(response["Location"]).status_code == 200


def test_unpublished_lesson_is_not_found(client):
    lesson = a_lesson()
    lesson.unpublish()
    assert_friendly_not_found(client.get(f"/l/{lesson.code}/"))


def test_draft_is_not_found(client):
    assert_friendly_not_found(client.get(f"/l/{a_lesson(live=False).code}/"))


def test_deleted_lesson_is_not_found(client):
    lesson = a_lesson()
    lesson.delete()
    assert_friendly_not_found(client.get(f"/l/{lesson.code}/"))


@pytest.mark.parametrize("code", ["MED-999", "x", "MED", "0", "-", "ＭＥＤ-1", "MED-1.pdf", "a" * 300])
def test_unknown_code_is_not_found(client, code):
    assert_friendly_not_found(client.get(f"/l/{code}/"))


def test_wechats_additions_do_no_harm(client):
    lesson = a_lesson()
    response = client.get(f"/l/{lesson.code}/?from=singlemessage&isappinstalled=0")
    assert response["Location"] == lesson.url


def test_asks_little(client, django_assert_max_num_queries):
    lesson = a_lesson()
    client.get(f"/l/{lesson.code}/")
    with django_assert_max_num_queries(2):
        client.get(f"/l/{lesson.code}/")
