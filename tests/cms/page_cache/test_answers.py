"""What goes out over the wire: compressed as the browser likes, marked, and not sent twice."""

import gzip

import brotli
import pytest

from cms.page_cache.answers import best_coding
from tests.factories.nodes import Node, freshly_drawn
from tests.factories.pages import a_lesson

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.000, gzip; q=0", ""),
        ("BR", "br"),
        ("br;q=1.0", "br"),
        ("brotli", ""),
    ],
)
def test_the_best_the_browser_reads_is_sent(accepted, coding):
    assert best_coding(accepted) == coding
    lesson = a_lesson()
    node = Node()
    for _ in range(2):
        received = node.get(lesson.url, HTTP_ACCEPT_ENCODING=accepted)
        assert received.headers.get("Content-Encoding", "") == coding
        assert OPEN[coding](received.body) == freshly_drawn(lesson.url).body
        assert received.headers["Content-Length"] == str(len(received.body))
        assert received.headers["Vary"] == "Cookie, Accept-Encoding"
    assert node.drawn == 1


def test_what_is_not_kept_is_compressed_by_django_as_before():
    assert Node().get("/search/", HTTP_ACCEPT_ENCODING="gzip").headers["Content-Encoding"] == "gzip"


def test_a_browser_that_has_the_page_gets_a_line():
    lesson = a_lesson()
    node = Node()
    mark = node.get(lesson.url, HTTP_ACCEPT_ENCODING="br").headers["ETag"]
    for known in (mark, f'"other", {mark}'):
        received = node.get(lesson.url, HTTP_IF_NONE_MATCH=known)
        assert (received.status, received.body) == (304, b"")
        assert received.headers == {
            "Cache-Control": "no-cache",
            "ETag": mark,
            "Vary": "Cookie, Accept-Encoding",
        }
    assert node.get(lesson.url, HTTP_IF_NONE_MATCH='W/"another"').status == 200
    other_choice = node.get(lesson.url, HTTP_IF_NONE_MATCH=mark, HTTP_COOKIE="display=large.standard.")
    assert other_choice.status == 200


def test_head_says_what_get_would_and_leaves_nothing():
    lesson = a_lesson()
    node = Node()
    # Django leaves it to the server to drop the body of its answer.
    node.get(lesson.url, method="HEAD")
    assert len(node.shelf) == 0
    node.get(lesson.url)
    got = node.get(lesson.url)
    head = node.get(lesson.url, method="HEAD")
    assert (head.body, head.headers) == (b"", got.headers)


def test_a_kept_page_is_as_well_guarded_as_a_drawn_one():
    lesson = a_lesson()
    node = Node()
    drawn, kept = node.get(lesson.url), node.get(lesson.url)
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert kept.headers[name] == freshly_drawn(lesson.url).headers[name]
    # The number stands for a line in the log; a kept page has none.
    assert "X-Request-ID" in drawn.headers
    assert "X-Request-ID" not in kept.headers


def test_browsers_ask_each_time():
    lesson = a_lesson()
    assert Node().get(lesson.url).headers["Cache-Control"] == "no-cache"
    assert freshly_drawn(lesson.url).headers["Cache-Control"] == "no-cache"


def test_a_drawn_screen_stays_good_for_ever():
    lesson = a_lesson()
    node = Node()
    page = node.get(lesson.url).text
    address = page[page.index("/screens/") :].partition('"')[0]
    drawn, kept = node.get(address), node.get(address)
    assert (
        kept.headers["Cache-Control"]
        == drawn.headers["Cache-Control"]
        == "public, max-age=31536000, immutable"
    )
    assert node.drawn == 2
