"""Every reader gets the page as they chose to see it, also when it is kept."""

from itertools import product

import pytest

from cms.enums import Contrast, PhoneKind, TextSize
from tests.factories.nodes import Node, freshly_drawn
from tests.factories.pages import a_lesson

pytestmark = pytest.mark.django_db(transaction=True)

CHOICES = [
    f"{size}.{contrast}.{phone}"
    for size, contrast, phone in product(TextSize.values, Contrast.values, ["", *PhoneKind.values])
]


def test_each_of_the_choices_has_its_own_page():
    lesson = a_lesson()
    node = Node()
    drawn = [node.get(lesson.url, HTTP_COOKIE=f"display={choice}").body for choice in CHOICES]
    kept = [node.get(lesson.url, HTTP_COOKIE=f"display={choice}").body for choice in CHOICES]
    assert kept == drawn
    assert len(set(drawn)) == len(CHOICES) == len(node.shelf) == node.drawn


@pytest.mark.parametrize(
    ("query", "cookie"),
    [
        ("", ""),
        ("", "display=huge.pink.nokia"),
        ("", "display="),
        ("", "other=1"),
        ("phone=nokia", ""),
        ("from=singlemessage&isappinstalled=0", ""),
        ("utm_source=poster", "display=standard.standard."),
    ],
)
def test_those_who_chose_nothing_share_one_page(query, cookie):
    lesson = a_lesson()
    node = Node()
    node.get(lesson.url)
    received = node.get(f"{lesson.url}?{query}", HTTP_COOKIE=cookie)
    assert received.body == freshly_drawn(lesson.url).body
    assert node.drawn == 1


def test_a_phone_in_the_address_and_one_in_the_cookie_are_the_same_page():
    lesson = a_lesson()
    node = Node()
    by_address = node.get(f"{lesson.url}?phone=apple&from=timeline")
    by_cookie = node.get(f"{lesson.url}?phone=", HTTP_COOKIE="display=standard.standard.apple")
    assert by_address.body == by_cookie.body
    assert 'data-phone="apple"' in by_cookie.text
    assert node.drawn == 1


def test_the_last_of_two_phones_counts_as_in_django():
    lesson = a_lesson()
    node = Node()
    node.get(f"{lesson.url}?phone=apple")
    address = f"{lesson.url}?phone=apple&phone=harmony"
    assert node.get(address).body == freshly_drawn(address).body


@pytest.mark.parametrize(
    "query", ["sort=title", "phone=apple&x=1", "page=two", "page=1234", f"from={'a' * 500}"]
)
def test_what_nobody_knows_is_left_to_django(query):
    lesson = a_lesson()
    node = Node()
    node.get(f"{lesson.url}?{query}")
    node.get(f"{lesson.url}?{query}")
    assert (node.drawn, len(node.shelf)) == (2, 0)


def test_parts_of_a_list_are_kept_apart():
    node = Node()
    node.get("/courses/?page=1")
    node.get("/courses/?page=2")
    assert node.drawn == 2


def test_http_and_https_are_kept_apart(settings):
    """The site map names addresses in full."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    node = Node()
    for scheme in ("http", "https", "https, http", "nonsense"):
        headers = {"HTTP_X_FORWARDED_PROTO": scheme}
        assert node.get("/sitemap.xml", **headers).body == freshly_drawn("/sitemap.xml", **headers).body
    assert node.drawn == 2


STRANGE = {
    "mark-up in what is carried along": ("?from=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", {}),
    "an unknown phone after a known one": ("?phone=apple&phone=nonsense", {}),
    "a known phone after an unknown one": ("?phone=nonsense&phone=apple", {}),
    "a semicolon": ("?phone=apple;page=3", {}),
    "a quoted cookie": ("", {"HTTP_COOKIE": 'display="large.high.apple"'}),
    "two cookies": ("", {"HTTP_COOKIE": "display=large.high.apple; display=standard"}),
    "a token and a message": ("", {"HTTP_COOKIE": "csrftoken=abc; messages=x"}),
    "a part of the page": ("", {"HTTP_RANGE": "bytes=0-10"}),
    "a dot behind the host": ("", {"HTTP_HOST": "testserver."}),
    "another host, said by hearsay": ("", {"HTTP_X_FORWARDED_HOST": "evil.example"}),
    "https, said by hearsay": ("", {"HTTP_X_FORWARDED_PROTO": "https"}),
}


@pytest.mark.parametrize(("query", "headers"), STRANGE.values(), ids=STRANGE)
def test_strange_requests_get_what_django_draws_and_spoil_nobodys_page(query, headers):
    address, node = a_lesson().url, Node()
    plain = freshly_drawn(address).body
    for _ in range(2):
        assert node.get(address + query, **headers).body == freshly_drawn(address + query, **headers).body
        assert node.get(address).body == plain
    assert b"evil" not in plain + node.get(address + query, **headers).body


def test_a_strange_host_leaves_nothing_behind():
    address, node = a_lesson().url, Node()
    for _ in range(2):
        assert node.get(address, HTTP_HOST="evil.example").status == 400
    assert len(node.shelf) == 0
