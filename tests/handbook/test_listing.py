"""The list of chapters: by book, in Chinese and by code, and the way to a new chapter of either book."""

import pytest
from bs4 import BeautifulSoup

from cms.enums import HandbookKind
from tests.factories.pages import a_book, a_chapter
from tests.factories.people import a_designer

pytestmark = pytest.mark.django_db

URL = "/admin/chapters/"


@pytest.fixture
def designer(client):
    """A browser in which a designer is logged in."""
    client.force_login(a_designer())
    return client


def rows(browser, **query) -> list[str]:
    soup = BeautifulSoup(browser.get(URL, query).content, "html.parser")
    return [cell.get_text(strip=True) for cell in soup.select("table.listing .title-wrapper")]


def test_by_book_and_by_what_it_says(designer):
    volunteers = a_book(HandbookKind.VOLUNTEERS)
    a_chapter(title="扫一扫", main_scenario="scan-code")
    a_chapter(volunteers, title="红线")
    assert set(rows(designer)) == {"扫一扫", "红线"}
    assert rows(designer, book=volunteers.pk) == ["红线"]
    assert rows(designer, scenario="scan-code") == ["扫一扫"]
    for query in ("红线", "hongxian", "S-1"):
        assert rows(designer, q=query) == ["红线"]
    assert rows(designer, q="红线", scenario="scan-code") == []


def test_a_new_chapter_of_either_book_is_one_press_away(designer):
    soup = BeautifulSoup(designer.get(URL).content, "html.parser")
    links = {link.get_text(strip=True): link["href"] for link in soup.select("header a")}
    for label, kind in {
        "新章（给长者）": HandbookKind.SENIORS,
        "新章（给志愿者）": HandbookKind.VOLUNTEERS,
    }.items():
        assert links[label].endswith(f"/{a_book(kind).pk}/")
        assert designer.get(links[label]).status_code == 200
