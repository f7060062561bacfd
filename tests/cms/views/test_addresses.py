"""Every public address of the contract answers."""

import pytest

from cms.enums import HandbookKind, Scenario
from tests.factories.pages import (
    a_book,
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    shared,
    step,
    stream,
)
from tests.html import parsed

pytestmark = pytest.mark.django_db

FIXED = [
    "/",
    "/scenarios/",
    *[f"/scenarios/{scenario.value}/" for scenario in Scenario],
    "/courses/",
    "/handbook/",
    "/service-handbook/",
    "/search/",
    "/search/?q=扫码",
    "/display/",
]


@pytest.mark.parametrize("address", FIXED)
def test_fixed_page_answers(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert parsed(response).one("main h1").text.strip()


def test_there_are_ten_scenarios():
    assert len(Scenario) == 10
    assert len({scenario.prefix for scenario in Scenario}) == 10


def test_lesson_shows_its_code_and_numbered_steps(client):
    lesson = a_lesson(
        title="微信扫一扫", steps=stream(drawn_step("大字 甲"), step("点“好”。"), shared(a_shared_step()))
    )
    response = client.get(lesson.url)
    html = parsed(response)
    assert lesson.url == f"/courses/{lesson.get_parent().slug}/wei-xin-sao-yi-sao/"
    assert html.one("main")["data-code"] == lesson.code
    assert [item["data-step"] for item in html.all("li[data-step]")] == ["1", "2", "3"]
    assert html.one("main h1").text == "微信扫一扫"


def test_lesson_stands_between_its_neighbours(client):
    module = a_module(title="扫码")
    first, second, third = (a_lesson(module, title=f"第{n}课") for n in "一二三")
    html = parsed(client.get(second.url))
    assert "第 2 课" in html.one(".kicker").text
    links = {link["href"]: link.text for link in html.all(".actions a")}
    assert third.url in links
    assert module.url in links
    assert "扫码" in links[module.url]
    last = {link["href"] for link in parsed(client.get(third.url)).all(".actions a")}
    assert first.url not in last
    assert second.url not in last


def test_module_lists_its_lessons_in_order(client):
    module = a_module(intro="慢慢来。")
    lessons = [a_lesson(module) for _ in range(3)]
    a_lesson(module, live=False, title="还没写完")
    html = parsed(client.get(module.url))
    assert [link["href"] for link in html.all("ol.cards a")] == [lesson.url for lesson in lessons]
    assert "慢慢来。" in html.one("main").text
    assert "还没写完" not in html.one("main").text


def test_scenario_lists_its_lessons_and_chapters(client):
    lesson = a_lesson(main_scenario="phone")
    elsewhere = a_lesson(main_scenario="chat")
    chapter = a_chapter(main_scenario="phone")
    links = {link["href"] for link in parsed(client.get("/scenarios/phone/")).all("main a")}
    assert lesson.url in links
    assert chapter.url in links
    assert elsewhere.url not in links


def test_empty_scenario_says_where_help_is(client):
    main = parsed(client.get("/scenarios/phone/")).one("main")
    assert "还在写" in main.text
    assert main.select_one('a[href^="tel:"]')


@pytest.mark.parametrize("kind", HandbookKind)
def test_chapter_answers_in_each_book(client, kind):
    book = a_book(kind)
    chapter = a_chapter(book, number=4, title="扫码")
    assert chapter.url == f"/{kind.slug}/sao-ma/"
    html = parsed(client.get(chapter.url))
    assert html.one("main")["data-code"] == chapter.code
    assert chapter.code.startswith(f"{kind.code_prefix}-")
    assert chapter.url in {link["href"] for link in parsed(client.get(f"/{kind.slug}/")).all("main a")}


def test_sitemap_lists_what_readers_can_read(client, settings):
    lesson, draft = a_lesson(), a_lesson(live=False)
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    addresses = {loc.text for loc in parsed(response).all("loc")}
    assert f"{settings.PUBLIC_URL}{lesson.url}" in addresses
    assert f"{settings.PUBLIC_URL}/scenarios/phone/" in addresses
    assert not [address for address in addresses if draft.slug in address.split("/")]


@pytest.mark.parametrize("address", [*FIXED, "/healthz", "/sitemap.xml"])
def test_wechats_additions_to_an_address_do_no_harm(client, address):
    plain = client.get(address)
    glue = "&" if "?" in address else "?"
    dressed = client.get(f"{address}{glue}from=singlemessage&isappinstalled=0")
    assert dressed.status_code == plain.status_code == 200
    if address not in {"/display/", "/sitemap.xml"}:
        assert dressed.content == plain.content


def test_page_without_its_slash_leads_to_the_page(client):
    response = client.get("/courses")
    assert response.status_code in {301, 302}
    assert response["Location"].endswith("/courses/")
