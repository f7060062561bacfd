"""The two books and their places on the site."""

import pytest

from cms.enums import HandbookKind
from handbook.models import ChapterPage, HandbookPage
from handbook.wagtail_hooks import books_on_home, chapters_of_scenario
from tests.factories.pages import a_book, a_chapter
from tests.html import parsed

pytestmark = pytest.mark.django_db


def test_home_shows_both_books():
    assert [book.kind for book in books_on_home(None).context["books"]] == HandbookKind.values


def test_scenario_shows_the_chapters_about_it():
    chapter = a_chapter(main_scenario="phone")
    a_chapter(main_scenario="phone", live=False)
    a_chapter(main_scenario="")
    assert chapters_of_scenario("phone").context["chapters"] == [chapter]
    assert chapters_of_scenario("chat") is None


def test_contents_list_chapters_on_line_in_order(client):
    book = a_book(HandbookKind.VOLUNTEERS)
    chapters = [a_chapter(book, number=number) for number in (5, 1)]
    a_chapter(book, live=False)
    links = [link["href"] for link in parsed(client.get(book.url)).all("main .cards a")]
    assert links == [chapter.url for chapter in chapters]


def test_book_without_chapters_says_so(client):
    assert "还在写" in parsed(client.get("/handbook/")).one("main").text


def test_chapter_leads_to_its_neighbours(client):
    first, second, third = (a_chapter() for _ in range(3))
    links = {link["href"] for link in parsed(client.get(second.url)).all(".actions a")}
    assert {first.url, third.url, "/handbook/"} <= links


def test_chapter_stands_only_in_a_book():
    assert ChapterPage.allowed_parent_page_models() == [HandbookPage]
    assert ChapterPage.allowed_subpage_models() == []


@pytest.mark.parametrize("kind", HandbookKind)
def test_tab_of_the_handbook_is_marked_on_both_books(client, kind):
    current = parsed(client.get(a_book(kind).url)).one('nav.tabs a[aria-current="true"]')
    assert current.text.strip() == "手册"
