"""A book asks as much of the database for nine chapters as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.enums import HandbookKind
from cms.models import ContentDocument
from tests.factories.books import an_edition, rule
from tests.factories.images import an_image
from tests.factories.pages import (
    a_book,
    a_chapter,
    a_shared_step,
    drawn_step,
    photo_step,
    shared,
    step,
    stream,
)

# Wagtail leaves a temporary file to the garbage collector when it sizes a picture.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

MOST = 8
BOOK = "/service-handbook/"


def chapters(number: int) -> None:
    """Add chapters up to ``number``, each with everything that has to be fetched from somewhere."""
    book = a_book(HandbookKind.VOLUNTEERS)
    recording = ContentDocument.objects.create(title="录音", file="step.mp3")
    for place in range(book.get_children().count(), number):
        blocks = [
            drawn_step(f"大字 第{place}屏"),
            photo_step(an_image()),
            shared(a_shared_step()),
            step(recording=recording.pk),
            rule(red_line=True),
        ]
        a_chapter(book, number=place + 1, slug=f"chapter-{place + 1}", body=stream(*blocks))
    book = a_book(HandbookKind.VOLUNTEERS)
    an_edition(book)


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


PAGES = [
    "",
    "all/",
    "editions/",
    "editions/1/",
    "editions/1/all/",
    "editions/1/chapter-1/",
    "red-lines/",
    "receipt/",
]


@pytest.mark.parametrize("page", PAGES)
def test_nine_chapters_ask_no_more_than_one(client, page):
    counts = []
    for number in (1, 3, 9):
        chapters(number)
        last = page.replace("1", str(len(counts) + 1), 1) if page.startswith("editions/1") else page
        counts.append(asked(client, BOOK + last))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= MOST
