"""What no reader should ever see is at least friendly: a reason, a way on, a telephone. Never a bare 500."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.middleware import RequestGuardMiddleware
from tests.factories.pages import a_lesson
from tests.html import parsed

pytestmark = pytest.mark.django_db

ODD_PATHS = [
    "/nicht-da/",
    "/" + "a/" * 2000,
    "/" + "x" * 4000 + "/",
    "/%ff%fe/",
    "/%E4%BD%A0%E5%A5%BD/",
    "/courses/%00/",
    "/%00",
    "/l/%00/",
    "/screens/%00.svg",
    "/courses/../../etc/passwd",
    "/%2e%2e/%2e%2e/",
    "/courses/;drop table/",
    "/l/MED-1%0d%0aX: y/",
    "/documents/999/nicht.pdf",
]
ODD_QUERIES = [
    "?q=%00",
    "?phone=%00",
    "?phone=" + "x" * 3000,
    "?%ff=%fe",
    "?q=%ff%fe",
    "?next=%00",
    "?" + "a&" * 900,
]


@pytest.fixture
def quiet_client():
    """A client that gets the error page instead of the exception, as a browser does."""
    return Client(raise_request_exception=False)


def raises(error):
    def view(*args, **kwargs):
        raise error

    return view


def assert_friendly(response, status):
    html = parsed(response)
    assert response.status_code == status
    assert html.one("html")["lang"] == "zh-CN"
    assert html.one("main h1").text.strip()
    assert html.all('a[href^="tel:"]'), "no telephone"
    assert html.all('main a[href="/"]'), "no way home"
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize("path", ODD_PATHS)
def test_odd_path_is_not_found(quiet_client, path):
    assert_friendly(quiet_client.get(path), 404)


@pytest.mark.parametrize("path", ["//", "///evil.example/", "/courses//"])
def test_doubled_slashes_are_harmless(quiet_client, path):
    response = quiet_client.get(path)
    assert response.status_code in {200, 404}
    assert "evil.example" not in response.headers.get("Location", "")


@pytest.mark.parametrize("query", ODD_QUERIES)
@pytest.mark.parametrize(
    "page", ["/", "/search/", "/search/suggest", "/display/", "/scenarios/phone/", "/nicht-da/"]
)
def test_odd_query_never_breaks_a_page(quiet_client, page, query):
    assert quiet_client.get(page + query).status_code == (404 if page == "/nicht-da/" else 200)


def test_missing_page_offers_a_search(client):
    response = client.get("/nicht-da/")
    assert_friendly(response, 404)
    assert parsed(response).one('main form[role="search"]')["action"] == "/search/"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (PermissionDenied, 403, "只给工作人员看"),
        (SuspiciousOperation, 400, "请回到首页"),
        (RuntimeError("inside"), 500, "不是您的错"),
    ],
)
def test_failing_view_gives_a_friendly_page(quiet_client, monkeypatch, error, status, words):
    monkeypatch.setattr("cms.models.HomePage.get_context", raises(error))
    response = quiet_client.get("/")
    assert_friendly(response, status)
    assert words in response.content.decode()
    assert "inside" not in response.content.decode()


def test_error_page_asks_nothing_of_the_database(quiet_client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("cms.views.pages.find", raises(RuntimeError))
    with django_assert_num_queries(0):
        assert_friendly(quiet_client.get("/courses/"), 500)


def test_strange_host_is_refused_without_being_echoed(quiet_client):
    response = quiet_client.get("/", headers={"host": "evil.example"})
    assert_friendly(response, 400)
    assert b"evil.example" not in response.content


def test_old_form_says_to_open_it_again():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/display/", {"size": "large", "contrast": "standard"})
    assert_friendly(response, 403)
    assert "放得太久了" in response.content.decode()
    assert "display" not in response.cookies


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "BREW"])
@pytest.mark.parametrize("path", ["/", "/search/", "/nicht-da/", "/healthz"])
def test_unknown_method_is_refused(client, method, path):
    response = client.generic(method, path)
    assert_friendly(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_staff_area_keeps_the_methods_its_scripts_use(client):
    assert client.put("/admin/").status_code != 405
    assert client.generic("TRACE", "/admin/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/courses/", "/scenarios/phone/", "/search/?q=扫", "/healthz"])
def test_head_answers_like_get_without_a_body(client, path):
    response = client.head(path)
    assert response.status_code == 200
    assert response.content == b""


@pytest.mark.parametrize("path", ["/", "/courses/", "/display/"])
def test_options_is_harmless(client, path):
    assert client.options(path).status_code == 200


@pytest.mark.parametrize("charset", ["utf-7", "utf8", "gbk", "latin-1", "nonsense", "utf-16"])
def test_form_in_another_character_set_is_refused(client, charset):
    body = "size=large&contrast=standard"
    response = client.generic(
        "POST", "/display/", body, content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert_friendly(response, 415)
    assert "换一个浏览器" in response.content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_form_in_utf8_is_taken(client, charset):
    body = "size=large&contrast=standard"
    response = client.generic(
        "POST", "/display/", body, content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert response.status_code == 302


@pytest.mark.parametrize("address", ["/feedback/", "/display/", "/"])
def test_a_reader_sends_a_megabyte_at_most(client, address):
    assert_friendly(client.post(address, {"words": "x" * 1024 * 1024}), 413)
    assert_friendly(client.post(address, {"file": SimpleUploadedFile("a.zip", b"x" * 1024 * 1024)}), 413)
    assert client.post(address, {"words": "x" * 1024 * 1000}).status_code != 413


def test_staff_may_send_more(admin_client):
    assert admin_client.post("/admin/packages/upload/", {"words": "x" * 1024 * 1024}).status_code == 302


def test_broken_upload_is_a_friendly_refusal(quiet_client):
    response = quiet_client.generic("POST", "/display/", b"--x\r\nbroken", content_type="multipart/form-data")
    assert response.status_code in {400, 422}
    assert parsed(response).one("main h1").text


def test_zero_byte_never_reaches_a_view(rf):
    request = rf.get("/courses/")
    request.path_info = "/courses/\x00/"
    assert RequestGuardMiddleware(raises(AssertionError))(request).status_code == 404


def test_address_deeper_than_any_page_is_not_looked_up_whole(client):
    address = a_lesson().url + "a/" * 3000
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 404
    # Written out, all the addresses on the way would be 18 million characters.
    assert max(len(query["sql"]) for query in asked.captured_queries) < 20_000
