"""An app answers below a kind of page through a hook; the page's model knows nothing of the view."""

import pytest
from django.http import HttpResponse
from wagtail import hooks

from cms.hooks import PAGE_ROUTES
from courses.models import LessonPage
from tests.factories.pages import a_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    """A route as the practice phone will be one."""
    route = (LessonPage, "practice", lambda request, page: HttpResponse(f"练 {page.code}"))
    with hooks.register_temporarily(PAGE_ROUTES, lambda: route):
        yield


@pytest.mark.usefixtures("practice")
def test_view_answers_below_its_kind_of_page(client):
    lesson = a_lesson()
    assert client.get(f"{lesson.url}practice/").content.decode() == f"练 {lesson.code}"


@pytest.mark.usefixtures("practice")
def test_nothing_answers_deeper_or_below_another_kind(client):
    lesson = a_lesson()
    assert client.get(f"{lesson.url}practice/again/").status_code == 404
    assert client.get(f"{lesson.get_parent().url}practice/").status_code == 404


@pytest.mark.usefixtures("practice")
def test_nothing_answers_below_a_page_that_is_not_on_line(client):
    lesson = a_lesson()
    lesson.unpublish()
    assert client.get(f"{lesson.url}practice/").status_code == 404


def test_without_the_hook_there_is_nothing(client):
    assert client.get(f"{a_lesson().url}practice/").status_code == 404


def test_a_way_may_capture_parts_of_the_address(client):
    def page_of(request, page, number, word):
        return HttpResponse(f"{page.code} {number + 1} {word}")

    route = (LessonPage, "parts/<int:number>/<slug:word>", page_of)
    lesson = a_lesson()
    with hooks.register_temporarily(PAGE_ROUTES, lambda: route):
        answer = client.get(f"{lesson.url}parts/4/sao/").content.decode()
        missed = [
            client.get(f"{lesson.url}parts/{way}").status_code for way in ("4/", "x/sao/", "4/sao/mehr/")
        ]
    assert answer == f"{lesson.code} 5 sao"
    assert missed == [404, 404, 404]
