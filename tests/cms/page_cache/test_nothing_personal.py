"""Nothing personal or staff-only is ever kept, and nobody known to us is given a kept page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.page_cache.keeping import PLACE
from tests.factories.nodes import Node, freshly_drawn
from tests.factories.pages import a_chapter, a_lesson, a_shared_step, drawn_step, shared, stream
from tests.factories.people import an_admin


class Always:
    """A content version that never changes."""

    def current(self):
        return 1

    def renew(self):
        raise AssertionError


def an_application(status, headers):
    """A careless site: it lets everything be kept, whatever it answers."""

    def application(environ, start_response):
        if PLACE in environ:
            environ[PLACE].taken = True
        start_response(status, headers)
        return [b"x" * 300]

    return application


OWN = [
    ("Set-Cookie", "sessionid=abc"),
    ("Cache-Control", "private"),
    ("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private"),
    ("Vary", "Cookie, User-Agent"),
    ("Vary", "*"),
    ("Content-Encoding", "gzip"),
]
HARMLESS = [
    ("Content-Type", "text/html"),
    ("Vary", "Cookie"),
    ("Cache-Control", "no-cache"),
    ("X-Frame-Options", "DENY"),
]
PATHS = [
    "/",
    "/courses/",
    "/admin/",
    "/admin/pages/3/",
    "/documents/1/a.pdf",
    "/search/",
    "/display/",
    "/media/images/a.webp",
]
STATUSES = [
    "200 OK",
    "301 Moved Permanently",
    "302 Found",
    "403 Forbidden",
    "404 Not Found",
    "500 Internal Server Error",
]
COOKIES = ["", "display=large.standard.apple", "sessionid=abc", "a=b; sessionid=abc", "csrftoken=abc"]


def is_everyones(path, method, status, headers, cookie, query, authorization) -> bool:
    return (
        path in {"/", "/courses/"}
        and method == "GET"
        and status.startswith("200")
        and not set(headers) & set(OWN)
        and "sessionid" not in cookie
        and "secret" not in query
        and not authorization
    )


@given(
    path=st.sampled_from(PATHS),
    method=st.sampled_from(["GET", "GET", "HEAD", "POST", "OPTIONS"]),
    status=st.sampled_from(STATUSES[:1] * 5 + STATUSES),
    headers=st.lists(st.sampled_from(OWN + HARMLESS * 3), unique_by=lambda header: header[0]),
    cookie=st.sampled_from(COOKIES),
    query=st.sampled_from(["", "from=timeline", "secret=1", "page=2", "page=last-secret"]),
    authorization=st.sampled_from(["", "", "Basic abc"]),
)
def test_only_what_is_everyones_is_kept(path, method, status, headers, cookie, query, authorization):
    node = Node(an_application(status, headers), version=Always())
    carried = {"HTTP_COOKIE": cookie} | ({"HTTP_AUTHORIZATION": authorization} if authorization else {})
    for _ in range(2):
        node.get(f"{path}?{query}", method=method, **carried)
    kept = is_everyones(path, method, status, headers, cookie, query, authorization)
    assert (len(node.shelf), node.drawn) == ((1, 1) if kept else (0, 2))


def test_a_page_with_a_forms_token_is_nobody_elses():
    def with_a_form(environ, start_response):
        environ[PLACE].taken = True
        start_response("200 OK", [("Content-Type", "text/html"), ("Vary", "Cookie")])
        return [b'<form method="post"><input name="csrfmiddlewaretoken" value="secret"></form>']

    node = Node(with_a_form, version=Always())
    assert b"secret" in node.get("/courses/", HTTP_COOKIE="csrftoken=abc").body
    assert len(node.shelf) == 0


def test_what_no_view_offers_is_not_kept():
    def silent(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"x"]

    node = Node(silent, version=Always())
    node.get("/")
    assert len(node.shelf) == 0


@pytest.fixture
def node(transactional_db):
    return Node()


STAFF_ONLY_OR_OWN = [
    "/admin/",
    "/admin/login/",
    "/display/",
    "/search/?q=扫码",
    "/search/suggest?q=扫",
    "/healthz",
    "/readyz",
    "/nicht-da/",
]


@pytest.mark.parametrize("address", STAFF_ONLY_OR_OWN)
def test_addresses_that_are_not_kept(node, address):
    node.get(address)
    assert len(node.shelf) == 0


def test_a_short_address_is_looked_up_each_time(node):
    lesson = a_lesson()
    assert node.get(f"/l/{lesson.code}/").headers["Location"] == lesson.url
    assert len(node.shelf) == 0


def test_somebody_logged_in_neither_leaves_a_page_nor_is_given_one(node, client):
    lesson = a_lesson()
    client.force_login(an_admin())
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    received = node.get(lesson.url, HTTP_COOKIE=cookie)
    assert received.headers["Cache-Control"] == "private, no-cache"
    assert len(node.shelf) == 0
    node.get(lesson.url)
    node.get(lesson.url, HTTP_COOKIE=cookie)
    assert node.drawn == 3


def test_a_preview_leaves_nothing(node, client):
    draft = a_lesson(live=False)
    client.force_login(an_admin())
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert node.get(f"/admin/pages/{draft.pk}/view_draft/", HTTP_COOKIE=cookie).status == 200
    assert len(node.shelf) == 0


def test_a_reader_who_once_wrote_a_form_is_served_from_the_shelf(node):
    """Its mark is a cookie too, but no page is drawn by it."""
    lesson = a_lesson()
    node.get(lesson.url)
    node.get(lesson.url, HTTP_COOKIE="csrftoken=abc; display=standard.standard.")
    assert node.drawn == 1


STRANGE = {
    "HTTP_USER_AGENT": "Mozilla/5.0 MicroMessenger/8.0",
    "HTTP_REFERER": "http://testserver/admin/",
    "HTTP_ACCEPT_LANGUAGE": "en",
    "HTTP_ACCEPT": "application/json",
    "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
    "HTTP_X_FORWARDED_FOR": "10.0.0.1",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_SEC_FETCH_MODE": "cors",
    "HTTP_COOKIE": "csrftoken=abc; messages=abc; other=1",
    "REMOTE_ADDR": "10.0.0.1",
}


def test_pages_depend_on_nothing_but_address_and_choices(transactional_db):
    """Otherwise one reader's headers would decide what the others get."""
    lesson, chapter = a_lesson(steps=stream(drawn_step(), shared(a_shared_step()))), a_chapter()
    for address in (
        "/",
        "/scenarios/phone/",
        "/courses/",
        "/service-handbook/",
        "/sitemap.xml",
        lesson.url,
        chapter.url,
    ):
        assert freshly_drawn(address, **STRANGE).body == freshly_drawn(address).body, address


def test_a_foreign_host_gets_nothing_kept(node):
    lesson = a_lesson()
    node.get(lesson.url)
    assert node.get(lesson.url, HTTP_HOST="evil.example").status == 400
    assert node.get(lesson.url).status == 200
    assert len(node.shelf) == 1
