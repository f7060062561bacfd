"""查看全部 without endless lists: the beginning of a list, and pages of twelve."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.pages import a_chapter, a_module, many_lessons
from tests.html import parsed

pytestmark = pytest.mark.django_db


def cards(client, address) -> list[str]:
    return [title.text for title in parsed(client.get(address)).all("main .card-title")]


def ways(client, address) -> dict[str, str]:
    return {link.text: link["href"] for link in parsed(client.get(address)).all("main a.button")}


def lessons(number, module=None):
    many_lessons(number, module or a_module(main_scenario="chat"), main_scenario="phone")


def test_home_shows_three_modules_and_leads_to_all(client):
    for n in range(3):
        a_module(title=f"组{n}")
    assert not [words for words in ways(client, "/") if "查看全部" in words]
    a_module(title="第四组")
    assert ways(client, "/")["查看全部 4 组课程"] == "/courses/"
    assert "第四组课程" not in cards(client, "/")
    assert "第四组课程" in cards(client, "/courses/")


def test_scenario_shows_six_lessons_and_leads_to_all(client):
    lessons(6)
    assert not [words for words in ways(client, "/scenarios/phone/") if "查看全部" in words]
    lessons(7)
    assert len(cards(client, "/scenarios/phone/")) == 6
    assert ways(client, "/scenarios/phone/")["查看全部 13 课"] == "lessons/"
    assert len(cards(client, "/scenarios/phone/lessons/")) == 12
    assert cards(client, "/scenarios/phone/lessons/?page=2") == ["第7个"]


def test_scenario_shows_six_chapters_and_leads_to_all(client):
    for n in range(13):
        a_chapter(title=f"讲{n}", main_scenario="phone")
    assert len(cards(client, "/scenarios/phone/")) == 6
    assert ways(client, "/scenarios/phone/")["查看全部 13 章"] == "chapters/"
    assert len(cards(client, "/scenarios/phone/chapters/")) == 12
    assert len(cards(client, "/scenarios/phone/chapters/?page=2")) == 1


def test_sections_stand_in_the_order_of_their_hooks(client):
    lessons(1)
    a_chapter(main_scenario="phone")
    headings = [heading.text for heading in parsed(client.get("/scenarios/phone/")).all("main h2.ruled")]
    assert headings == ["课程", "手册"]


def test_a_module_goes_on_on_the_next_page_with_its_numbers(client):
    module = a_module()
    lessons(14, module)
    first, second = (parsed(client.get(f"{module.url}{page}")) for page in ("", "?page=2"))
    assert "一共 14 课" in first.one(".head").text
    assert [plate.text for plate in first.all("ol .plate")] == [str(n) for n in range(1, 13)]
    assert [plate.text for plate in second.all("ol .plate")] == ["13", "14"]
    assert second.one("ol.cards")["start"] == "13"


def test_pages_lead_to_each_other_and_have_names_of_their_own(client):
    lessons(30)
    address = "/scenarios/phone/lessons/"
    found = []
    while address:
        page = parsed(client.get(address))
        found.append((page.one("title").text, page.one('link[rel="canonical"]')["href"]))
        following = page.all(".pager [rel=next]")
        address = f"/scenarios/phone/lessons/{following[0]['href']}" if following else ""
    titles, canonicals = zip(*found, strict=True)
    base = "http://testserver/scenarios/phone/lessons/"
    assert canonicals == (base, f"{base}?page=2", f"{base}?page=3")
    assert len(set(titles)) == 3
    assert "第 2 页" in titles[1]
    assert "上一页" in ways(client, f"{base}?page=3")


def test_a_page_that_is_not_there_shows_one_that_is(client):
    lessons(13)
    for asked in ["0", "-1", "99", "x", "1&from=singlemessage", "９"]:
        assert cards(client, f"/scenarios/phone/lessons/?page={asked}"), asked


def test_short_lists_have_no_pager(client):
    lessons(2)
    assert not parsed(client.get("/scenarios/phone/lessons/")).all(".pager")


def test_an_empty_list_still_answers(client):
    page = parsed(client.get("/scenarios/phone/lessons/"))
    assert "一共 0 课" in page.one(".head").text


@pytest.mark.parametrize(
    "address", ["/scenarios/phone/", "/scenarios/phone/lessons/", "/scenarios/phone/chapters/"]
)
def test_thirty_ask_no_more_than_one(client, address):
    counts = []
    for number in (1, 2, 27):
        lessons(number)
        a_chapter(main_scenario="phone")
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert max(counts) <= 8
    assert len(set(counts)) == 1
