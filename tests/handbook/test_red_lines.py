"""Rules are linked by their numbers; the red lines stand on a page of their own."""

import pytest

from cms.enums import HandbookKind
from tests.factories.books import rule
from tests.factories.pages import a_book, a_chapter, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapters():
    book = a_book(HandbookKind.VOLUNTEERS)
    blocks = [
        rule("提早到"),
        ("section", "红线"),
        step(),
        rule("不代输密码", red_line=True),
        rule("不收钱", red_line=True),
    ]
    return (
        a_chapter(book, number=1, body=stream(rule("穿整洁"))),
        a_chapter(book, number=5, slug="hong-xian", body=stream(*blocks)),
        a_chapter(book, number=7, slug="tu-fa", body=stream(rule("打 120", red_line=True))),
    )


def test_red_lines_are_gathered_under_their_own_numbers(client, chapters):
    page = parsed(client.get("/service-handbook/red-lines/"))
    found = [(line.select_one(".plate").text, line.h2.text) for line in page.all("main .rule")]
    assert found == [("5-2", "不代输密码"), ("5-3", "不收钱"), ("7-1", "打 120")]


def test_each_leads_to_its_place_in_its_chapter(client, chapters):
    page = parsed(client.get("/service-handbook/red-lines/"))
    links = [link["href"] for link in page.all("main .rule a")]
    assert links == [
        "/service-handbook/hong-xian/#5-2",
        "/service-handbook/hong-xian/#5-3",
        "/service-handbook/tu-fa/#7-1",
    ]
    for link in links:
        address, _, anchor = link.partition("#")
        assert parsed(client.get(address)).one(f'[id="{anchor}"]')


def test_drafts_are_left_out(client, chapters):
    chapters[2].unpublish()
    assert "打 120" not in parsed(client.get("/service-handbook/red-lines/")).one("main").text


def test_every_rule_carries_its_own_link(client, chapters):
    links = parsed(client.get(chapters[1].url)).all(".rule a")
    assert [(link["href"], link.text) for link in links] == [
        ("#5-1", "第 5-1 条"),
        ("#5-2", "红线，第 5-2 条"),
        ("#5-3", "红线，第 5-3 条"),
    ]


def test_no_red_lines_yet_is_said(client):
    assert "还在写" in parsed(client.get("/service-handbook/red-lines/")).one("main").text


def test_the_seniors_handbook_has_none(client):
    assert client.get("/handbook/red-lines/").status_code == 404


def test_contents_lead_there(client, chapters):
    links = [link["href"] for link in parsed(client.get("/service-handbook/")).all("main a")]
    assert "/service-handbook/red-lines/" in links
