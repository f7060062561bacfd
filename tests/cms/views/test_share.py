"""What is shown of a page where it is passed on, and what machines are told."""

import pytest
from PIL import Image

from cms.stylesheet import PARTS
from tests.factories.pages import a_chapter, a_lesson
from tests.html import parsed

pytestmark = pytest.mark.django_db

STATIC = PARTS.parent


def told(client, address) -> dict[str, str]:
    return {tag["property"]: tag["content"] for tag in parsed(client.get(address)).all("meta[property]")}


def test_a_lesson_is_passed_on_with_title_goal_and_picture(client, settings):
    settings.PUBLIC_URL = "https://xue.example.cn"
    lesson = a_lesson(title="微信扫一扫", goal="自己会扫。")
    shown = told(client, lesson.url)
    assert shown["og:title"] == "微信扫一扫"
    assert shown["og:description"] == "自己会扫。"
    assert shown["og:url"] == f"https://xue.example.cn{lesson.url}"
    assert shown["og:image"].startswith("https://xue.example.cn/static/cms/share-")


@pytest.mark.parametrize("address", ["/", "/courses/", "/scenarios/phone/", "/handbook/"])
def test_every_page_of_the_tree_says_what_it_is(client, address):
    assert {"og:title", "og:description", "og:url", "og:image"} <= set(told(client, address))


def test_each_page_has_words_of_its_own(client):
    pages = [
        a_lesson(goal="会扫。").url,
        a_chapter(goal="讲扫。").url,
        "/scenarios/phone/",
        "/scenarios/chat/",
    ]
    described = [parsed(client.get(page)).one('meta[name="description"]')["content"] for page in pages]
    assert len(set(described)) == len(pages)
    assert all(described)


def test_whatever_wechat_adds_the_page_has_one_address(client):
    lesson = a_lesson()
    page = parsed(client.get(f"{lesson.url}?from=singlemessage&isappinstalled=0&phone=apple"))
    assert page.one('link[rel="canonical"]')["href"] == f"http://testserver{lesson.url}"


def test_a_title_with_quotation_marks_stays_in_its_place(client):
    title = '点"好"<b>'
    assert told(client, a_lesson(title=title).url)["og:title"] == title


@pytest.mark.parametrize(("name", "size"), [("share-1200.png", (1200, 630)), ("share-300.png", (300, 300))])
def test_the_pictures_are_as_large_as_their_names_say(name, size):
    assert Image.open(STATIC / name).size == size
    assert (STATIC / name).stat().st_size < 30_000


def test_robots_read_what_readers_read(client, settings):
    settings.PUBLIC_URL = "https://xue.example.cn"
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /feedback/"} <= set(lines)
    assert "Sitemap: https://xue.example.cn/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_the_icon_is_found_where_browsers_look(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"] == "/static/cms/favicon.ico"
    assert Image.open(STATIC / "favicon.ico").format == "ICO"


def test_sitemap_says_when_a_page_was_last_published(client):
    a_lesson()
    assert parsed(client.get("/sitemap.xml")).all("lastmod")


def test_what_is_not_there_has_no_address_to_pass_on(client):
    page = parsed(client.get("/nicht-da/"))
    assert not page.all('link[rel="canonical"]')
    assert not page.all("meta[property]")
