"""The whole book on one page, for paper."""

import itertools

import pytest

from tests.factories.books import an_edition, publish, rule
from tests.factories.pages import a_chapter, a_shared_step, drawn_step, shared, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db

QUESTION = ("question", {"question": "问一句？", "answer": "答一句。"})


def a_full_chapter(number: int, **values):
    """A chapter with everything a chapter can hold."""
    blocks = [
        drawn_step(),
        ("section", "打开扫一扫"),
        shared(a_shared_step()),
        drawn_step(),
        rule(),
        ("section", "付钱"),
        step(),
    ]
    body = stream(*blocks)
    more = {"offline_way": "去窗口。", "questions": stream(QUESTION)}
    return a_chapter(number=number, body=body, **more | values)


@pytest.fixture
def page(client):
    a_full_chapter(4, title="扫一扫")
    a_full_chapter(5, title="亮码")
    return parsed(client.get("/handbook/all/"))


def test_every_chapter_follows_in_the_order_of_the_book(page):
    heads = [head.text for head in page.all(".book-chapter .head h2")]
    assert heads == ["扫一扫", "亮码"]


def test_no_anchor_is_there_twice_and_every_link_finds_its_own(page):
    anchors = [tag["id"] for tag in page.all("[id]")]
    assert sorted(anchors) == sorted(set(anchors))
    ways = {link["href"][1:] for link in page.all('main a[href^="#"]')}
    assert ways <= set(anchors)
    assert {"s4-1", "s4-2", "s5-1", "4-1", "5-1"} <= ways


def test_numbers_are_the_chapters_own(client, page):
    chapter = parsed(client.get("/handbook/")).all("main .cards a")[0]
    alone = parsed(client.get(chapter["href"]))
    numbers = [step["data-step"] for step in alone.all("main [data-step]")]
    whole = [step["data-step"] for step in page.all("main [data-step]")]
    assert whole == numbers * 2
    sections = [head.text.strip() for head in page.all(".section-title")]
    assert sections[:2] == [head.text.strip() for head in alone.all(".section-title")]


def test_headings_step_down_one_level_at_a_time(page):
    levels = [int(head.name[1]) for head in page.all("main h1, main h2, main h3, main h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.all("main .step h4")


def test_answers_stand_at_the_end_where_paper_shows_them(page):
    assert not page.all("main details")
    answers = page.one(".book-answers")
    assert answers.text.count("答一句。") == 2
    assert "答一句。" not in "".join(chapter.text for chapter in page.all(".book-chapter"))


def test_the_fixed_endings_are_said_once(page):
    assert len(page.all("main .endings")) == 1


def test_an_unpublished_shared_step_is_left_out(client):
    shown = a_shared_step(body=step("没人看过的一步。"))
    a_chapter(body=stream(("section", "一"), shared(shown), step("自己的一步。")))
    type(shown).objects.filter(pk=shown.pk).update(live=False)
    words = parsed(client.get("/handbook/all/")).one("main").text
    assert "自己的一步。" in words
    assert "没人看过的一步。" not in words


def test_the_cover_says_which_edition(client):
    a_chapter()
    an_edition()
    cover = parsed(client.get("/handbook/all/")).one(".cover").text
    assert "老年人智能技术运用手册" in cover
    assert "第 1 版" in cover


def test_an_edition_has_its_own_whole_book(client):
    chapter = a_chapter(body=stream(step("原来这样。")))
    an_edition()
    publish(chapter, body=stream(step("现在那样。")))
    kept = parsed(client.get("/handbook/editions/1/all/"))
    assert "原来这样。" in kept.one("main").text
    assert "现在那样。" not in kept.one("main").text
    assert kept.one(".kept")


def test_an_empty_book_says_so(client):
    assert "还在写" in parsed(client.get("/handbook/all/")).one("main").text


def test_pictures_wait_to_be_scrolled_to(page):
    pictures = page.all("main img")
    assert pictures
    assert {picture.get("loading") for picture in pictures} == {"lazy"}
