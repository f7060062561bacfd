"""Old editions stay where they were, and say that they are old."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.books import an_edition, publish
from tests.factories.images import an_image
from tests.factories.pages import a_chapter, drawn_step, photo_step, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter():
    """A chapter that was changed after the first edition; there is a second one."""
    chapter = a_chapter(
        title="扫一扫", slug="sao", number=4, body=stream(("section", "一"), step("原来这样。"))
    )
    an_edition(note="第一次。")
    publish(chapter, body=stream(("section", "一"), step("现在那样。")))
    an_edition(note="换了图。", chapter_notes={chapter.pk: "第 1 步换了。"})
    return chapter


def words(client, address):
    return parsed(client.get(address)).one("main").text


def test_contents_say_which_edition_the_book_is_at(client, chapter):
    page = parsed(client.get("/handbook/"))
    assert "第 2 版，20" in page.one("main").text
    assert page.one('main a[href="/handbook/editions/"]')


def test_a_chapter_says_which_edition_its_book_is_at(client, chapter):
    page = parsed(client.get(chapter.url))
    assert "第 2 版" in page.one("main").text
    assert page.one('main a[href="/handbook/editions/"]')


def test_a_book_without_editions_says_nothing_of_any(client):
    alone = a_chapter()
    for address in ("/handbook/", alone.url):
        assert "版，" not in words(client, address)
    assert "还没有定下第 1 版" in words(client, "/handbook/editions/")


def test_all_editions_are_listed_with_the_newest_first(client, chapter):
    page = parsed(client.get("/handbook/editions/"))
    links = [link["href"] for link in page.all("main .cards a")]
    assert links == ["/handbook/editions/2/", "/handbook/editions/1/"]


def test_an_edition_lists_its_chapters_and_what_changed(client, chapter):
    page = parsed(client.get("/handbook/editions/2/"))
    assert "换了图。" in page.one("main").text
    link = page.one("main .cards a")
    assert link["href"] == "/handbook/editions/2/sao/"
    assert "第 1 步换了。" in link.text


def test_an_old_chapter_is_read_as_it_stood(client, chapter):
    assert "原来这样。" in words(client, "/handbook/editions/1/sao/")
    assert "现在那样。" not in words(client, "/handbook/editions/1/sao/")
    assert "现在那样。" in words(client, "/handbook/editions/2/sao/")


def test_an_old_chapter_leads_to_todays(client, chapter):
    banner = parsed(client.get("/handbook/editions/1/sao/")).one(".kept")
    assert "这是第 1 版" in banner.text
    assert "现在是第 2 版" in banner.text
    assert banner.a["href"] == chapter.url


def test_an_old_chapter_that_is_gone_leads_to_the_contents(client, chapter):
    chapter.delete()
    assert parsed(client.get("/handbook/editions/1/sao/")).one(".kept a")["href"] == "/handbook/"


def test_the_newest_edition_does_not_call_itself_old(client, chapter):
    assert "现在是第" not in parsed(client.get("/handbook/editions/2/sao/")).one(".kept").text


def test_an_old_chapter_leads_to_its_neighbours_of_then(client):
    first, second, third = (a_chapter() for _ in range(3))
    an_edition()
    first.delete()
    page = parsed(client.get(f"/handbook/editions/1/{second.slug}/"))
    links = [link["href"] for link in page.all(".actions a")]
    assert links == [f"/handbook/editions/1/{page.slug}/" for page in (third, first)] + [
        "/handbook/editions/1/"
    ]


def test_an_old_chapter_still_shows_its_pictures(client):
    image = an_image()
    chapter = a_chapter(slug="tu", body=stream(drawn_step(), photo_step(image)))
    an_edition()
    before = parsed(client.get("/handbook/editions/1/tu/")).all("main img")
    assert [picture["src"].split("/")[1] for picture in before][-1] == "media"
    drawn = [picture["src"] for picture in before if "/screens/" in picture["src"]]
    assert drawn
    assert {client.get(address).status_code for address in drawn} == {200}
    publish(chapter, body=stream(step()))
    image.delete()
    assert "这里原来有一张图：右上角有个小加号" in words(client, "/handbook/editions/1/tu/")


def test_old_editions_stay_out_of_search_engines(client, chapter):
    old = ["/handbook/editions/1/", "/handbook/editions/1/sao/", "/handbook/editions/1/all/"]
    assert {client.get(address).headers.get("X-Robots-Tag") for address in old} == {"noindex"}
    assert "X-Robots-Tag" not in client.get("/handbook/").headers


NOWHERE = ["3/", "0/", "99999999999999999999/", "1/nicht-da/", "x/", "3/sao/", "3/all/", "1/sao/mehr/"]


@pytest.mark.parametrize("tail", NOWHERE)
def test_what_was_never_given_out_is_not_there(client, chapter, tail):
    assert client.get(f"/handbook/editions/{tail}").status_code == 404


def test_editions_of_one_book_are_not_the_others(client, chapter):
    assert client.get("/service-handbook/editions/1/").status_code == 404


@pytest.mark.parametrize("slug", ["all", "editions", "red-lines", "receipt"])
def test_no_chapter_takes_an_address_of_the_book(client, slug):
    with pytest.raises(ValidationError, match="手册自己要用"):
        a_chapter(slug=slug)
