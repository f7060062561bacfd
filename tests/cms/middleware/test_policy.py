"""What a browser is allowed to do on our pages, and what our pages do not do."""

import re

import pytest

from cms.services.display import COOKIE
from tests.factories.pages import a_chapter, a_lesson, a_shared_step, drawn_step, shared, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


def lesson():
    caution = {"kind": "money", "text": "<b>先看清楚</b>"}
    question = {"question": "在哪里？", "answer": "右上角。"}
    steps = stream(
        drawn_step(caution=caution, if_different="找一找。"), shared(a_shared_step()), step("点“好”。")
    )
    return a_lesson(steps=steps, questions=stream(("question", question)), offline_way="去窗口。").url


def chapter():
    rule = {"title": "不代输密码", "text": "密码老人自己按。"}
    body = stream(
        ("section", "开头"), ("rule", rule), ("points", ["一", "二"]), ("paragraph", "话。"), drawn_step()
    )
    return a_chapter(body=body).url


FIXED = ["/", "/scenarios/phone/", "/courses/", "/handbook/", "/search/?q=扫", "/display/", "/nicht-da/"]


@pytest.fixture(
    params=[*FIXED, lesson, chapter], ids=lambda page: page if isinstance(page, str) else page.__name__
)
def response(request, client):
    """Every kind of public page."""
    return client.get(request.param if isinstance(request.param, str) else request.param())


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


def test_policy_lets_in_nothing_but_our_own(response):
    policy = policy_of(response)
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    for name in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert policy[name] == "'self'", name
    assert policy["img-src"] == "'self' data:"
    assert "unsafe" not in response["Content-Security-Policy"]


def test_page_needs_nothing_the_policy_forbids(response):
    html = parsed(response)
    assert not [tag for tag in html.all("*") if tag.has_attr("style")]
    assert not [name for tag in html.all("*") for name in tag.attrs if name.startswith("on")]
    assert not html.all("style")
    assert all(script.get("src") and not script.text.strip() for script in html.all("script"))
    assert not html.all("iframe, object, embed, base, meta[http-equiv]")
    assert not re.search(r'(href|src|action)="\s*javascript:', response.content.decode(), re.IGNORECASE)


def test_page_fetches_nothing_from_others(response):
    html = parsed(response)
    fetched = [tag["src"] for tag in html.all("[src]")] + [
        tag["href"] for tag in html.all("link[href]:not([rel=canonical])")
    ]
    assert fetched
    assert all(address.startswith(("/", "data:")) and not address.startswith("//") for address in fetched)


def test_page_is_headed_for_safety(response):
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert re.fullmatch("[0-9a-f]{12}", response["X-Request-ID"])


def test_page_sets_no_cookie(response):
    # The form for the display carries a token against forgery; nothing else on the site does.
    names = set(response.cookies) - ({"csrftoken"} if response.request["PATH_INFO"] == "/display/" else set())
    assert not names


def test_page_says_whose_cookie_it_reads_only_where_it_matters(client):
    client.cookies[COOKIE] = "large.high.apple"
    assert not client.get("/").cookies


def test_markup_typed_by_an_editor_is_shown_as_typed(client):
    html = client.get(lesson()).content.decode()
    assert "&lt;b&gt;先看清楚&lt;/b&gt;" in html
    assert "<b>先看清楚</b>" not in html


@pytest.mark.parametrize("path", ["/healthz", "/sitemap.xml", "/l/MED-9/", "/search/suggest?q=a"])
def test_other_answers_carry_the_policy_too(client, path):
    assert policy_of(client.get(path))["default-src"] == "'none'"


def test_staff_area_may_do_what_its_scripts_need_and_no_more(client):
    policy = policy_of(client.get("/admin/login/"))
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == "'none'"
    assert "http" not in client.get("/admin/login/")["Content-Security-Policy"]


def test_staff_policy_does_not_leak_to_the_next_page(client):
    client.get("/admin/login/")
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/administrator/", "/x/admin/", "/Admin/"])
def test_only_the_staff_area_is_let_off(client, path):
    assert "unsafe" not in client.get(path)["Content-Security-Policy"]


def test_preview_may_stand_in_the_editors_frame(admin_client):
    response = admin_client.get(f"/admin/pages/{a_lesson().pk}/edit/preview/?mode=")
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert policy_of(response)["frame-ancestors"] == "'self'"
