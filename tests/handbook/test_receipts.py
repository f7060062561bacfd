"""我读过了: once for each edition, by those who are logged in."""

import pytest

from cms.enums import HandbookKind
from handbook.models import Acknowledgement
from handbook.services.receipts import acknowledge
from tests.factories.books import an_edition
from tests.factories.pages import a_book, a_chapter
from tests.factories.people import a_designer, a_reviewer
from tests.html import parsed

pytestmark = pytest.mark.django_db

ADDRESS = "/service-handbook/receipt/"


@pytest.fixture
def book():
    book = a_book(HandbookKind.VOLUNTEERS)
    a_chapter(book)
    return book


@pytest.fixture
def edition(book):
    return an_edition(book)


@pytest.fixture
def reader(client):
    reader = a_designer()
    client.force_login(reader)
    return reader


def words(client):
    return parsed(client.get(ADDRESS)).one("main").text


def test_reader_says_so_and_is_told_when(client, reader, edition):
    assert parsed(client.get(ADDRESS)).one("main form button").text.strip() == "我读过了"
    response = client.post(ADDRESS, {"edition": edition.number}, follow=True)
    assert "读过第 1 版" in parsed(response).one("main").text
    assert not parsed(response).all("main form")
    receipt = Acknowledgement.objects.get()
    assert (receipt.user, receipt.edition) == (reader, edition)


def test_the_second_time_changes_nothing(client, reader, edition):
    for _ in range(2):
        assert client.post(ADDRESS, {"edition": edition.number}).status_code == 302
    assert Acknowledgement.objects.count() == 1


def test_a_new_edition_asks_again_and_remembers_the_old(client, reader, book, edition):
    acknowledge(edition=edition, user=reader)
    an_edition(book, note="加了一条。")
    page = parsed(client.get(ADDRESS))
    assert page.one("main form button")
    assert "加了一条。" in page.one("main").text
    assert "您读过第 1 版" in page.one("main").text


def test_who_read_the_edition_before_is_asked_to_look_again(client, reader, book, edition):
    an_edition(book)
    response = client.post(ADDRESS, {"edition": edition.number})
    assert "刚刚出了第 2 版" in parsed(response).one('[role="alert"]').text
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"edition": ""}, {"edition": "x"}, {"edition": "9" * 30}])
def test_nonsense_is_no_receipt(client, reader, edition, sent):
    assert client.post(ADDRESS, sent).status_code == 200
    assert not Acknowledgement.objects.exists()


def test_others_are_told_how_to_log_in(client, edition):
    page = parsed(client.get(ADDRESS))
    assert not page.all("main form")
    assert page.one(f'main a[href="/admin/login/?next={ADDRESS}"]')
    assert client.post(ADDRESS, {"edition": 1}).status_code == 200
    assert not Acknowledgement.objects.exists()


def test_one_readers_receipt_is_not_anothers(client, reader, edition):
    acknowledge(edition=edition, user=a_reviewer())
    assert parsed(client.get(ADDRESS)).one("main form")


def test_a_post_without_its_token_is_refused(reader, edition):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(reader)
    assert careful.post(ADDRESS, {"edition": 1}).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_the_page_is_never_kept(client, reader, edition):
    for response in (client.get(ADDRESS), client.post(ADDRESS, {"edition": 1})):
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]


def test_before_the_first_edition_there_is_nothing_to_say(client, reader, book):
    assert "还没有定下第 1 版" in words(client)
    assert not parsed(client.get(ADDRESS)).all("main form")


def test_the_seniors_handbook_asks_for_none(client):
    assert client.get("/handbook/receipt/").status_code == 404
