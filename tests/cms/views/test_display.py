"""How a reader wants the pages: size of the words, colours, kind of phone. One cookie, no script needed."""

import pytest

from cms.services.display import COOKIE, Display
from tests.factories.pages import a_lesson, drawn_step, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db

GOOD = {"size": "large", "contrast": "high", "phone": "apple"}


def choices(response):
    html = parsed(response).one("html")
    return html["data-size"], html["data-contrast"], html["data-phone"]


def test_nobody_chose_yet(client):
    assert choices(client.get("/")) == ("standard", "standard", "")


@pytest.mark.parametrize("path", ["/", "/scenarios/phone/", "/display/", "/nicht-da/", "/search/"])
def test_every_page_is_as_the_cookie_says(client, path):
    client.cookies[COOKIE] = "extra.high.harmony"
    assert choices(client.get(path)) == ("extra", "high", "harmony")


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("", ("standard", "standard", "")),
        ("large", ("large", "standard", "")),
        ("huge.high.nokia", ("standard", "high", "")),
        ('"><script>.x.y', ("standard", "standard", "")),
        ("." * 3000, ("standard", "standard", "")),
        ("large.high.apple.more", ("large", "high", "apple")),
        ("LARGE.HIGH.APPLE", ("standard", "standard", "")),
        ("\xe5\xad\x97.\xff.\xfe", ("standard", "standard", "")),
    ],
)
def test_junk_in_the_cookie_is_harmless(client, cookie, expected):
    client.cookies[COOKIE] = cookie
    assert choices(client.get("/")) == expected


def test_phone_in_the_address_wins_for_this_page_only(client):
    client.cookies[COOKIE] = "large.standard.android"
    assert choices(client.get("/?phone=apple")) == ("large", "standard", "apple")
    assert choices(client.get("/?phone=nokia")) == ("large", "standard", "android")
    assert choices(client.get("/")) == ("large", "standard", "android")


def test_chosen_phone_is_pressed_on_a_lesson(client):
    html = parsed(client.get(a_lesson().url + "?phone=harmony"))
    pressed = {button["value"]: button["aria-pressed"] for button in html.all("[data-phones] button")}
    assert pressed == {"android": "false", "apple": "false", "harmony": "true"}


def test_variant_stands_beside_what_the_other_phones_do(client):
    variants = [{"phone": "apple", "do": "点“好”。"}]
    lesson = a_lesson(steps=stream(step("点“确定”。", variants=variants), drawn_step()))
    html = parsed(client.get(lesson.url))
    (other,) = html.all('li[data-step="1"] h3.for-android')
    assert other.text == "点“确定”。"
    assert set(other["class"]) == {"for", "for-android", "for-harmony"}
    assert html.one('li[data-step="1"] h3.for-apple').text == "点“好”。"


def test_form_shows_what_is_chosen(client):
    client.cookies[COOKIE] = "large.high.apple"
    checked = {
        field["name"]: field["value"] for field in parsed(client.get("/display/")).all("input[checked]")
    }
    assert checked == GOOD


def test_form_keeps_the_choice_and_goes_back(client):
    response = client.post("/display/", GOOD | {"next": "/courses/"})
    assert (response.status_code, response["Location"]) == (302, "/courses/")
    cookie = response.cookies[COOKIE]
    assert cookie.value == "large.high.apple"
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert choices(client.get("/")) == ("large", "high", "apple")


def test_phone_may_stay_open(client):
    client.post("/display/", {"size": "extra", "contrast": "standard"})
    assert choices(client.get("/")) == ("extra", "standard", "")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "///evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_foreign_target_is_not_followed(client, target):
    assert client.post("/display/", GOOD | {"next": target})["Location"] == "/"
    form = parsed(client.get("/display/", {"next": target}))
    assert form.one('input[name="next"]')["value"] == "/"
    assert form.one("main a.button")["href"] == "/"


@pytest.mark.parametrize(
    "wrong", [{"size": "huge"}, {"size": ""}, {"contrast": "pink"}, {"phone": "nokia"}, {"size": "\x00"}]
)
def test_wrong_choice_is_explained_and_the_rest_kept(client, wrong):
    response = client.post("/display/", GOOD | wrong | {"next": "/courses/"})
    html = parsed(response)
    assert response.status_code == 422
    assert COOKIE not in response.cookies
    assert html.one('[role="alert"]').text.strip()
    assert html.all("fieldset.group-wrong .error")
    assert html.one('input[name="next"]')["value"] == "/courses/"
    kept = {field["name"]: field["value"] for field in html.all("input[checked]")}
    assert kept == {name: value for name, value in GOOD.items() if name not in wrong}


def test_nothing_sent_is_explained_too(client):
    assert client.post("/display/", {}).status_code == 422


def test_unknown_fields_are_ignored(client):
    assert client.post("/display/", GOOD | {"admin": "1"}).status_code == 302


def test_what_is_written_can_be_read_again():
    chosen = Display("extra", "high", "harmony")
    assert Display.from_cookie(chosen.as_cookie()) == chosen


@pytest.mark.parametrize(
    ("came_from", "goes_back_to"),
    [
        ("http://testserver/courses/", "http://testserver/courses/"),
        ("http://testserver/display/", "/"),
        ("https://evil.example/", "/"),
    ],
)
def test_without_a_next_the_form_leads_back_to_where_the_reader_came_from(client, came_from, goes_back_to):
    form = parsed(client.get("/display/", headers={"referer": came_from}))
    assert form.one('input[name="next"]')["value"] == goes_back_to
