"""A page of plain text, and what site settings put on every page."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import HomePage, SiteSettings, StandardPage
from tests.factories.pages import a_lesson, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


def test_every_block_of_a_plain_page_is_shown(client):
    lesson = a_lesson()
    page = StandardPage(
        title="关于我们",
        body=stream(
            ("heading", "怎么找到我们"),
            ("paragraph", "在龙华路。\n\n九点开门。"),
            ("points", ["带上手机。", "带上老花镜。"]),
            ("caution", {"kind": "privacy", "text": "验证码不给人。"}),
            ("link", {"text": "去学一课", "page": lesson.pk, "url": ""}),
            ("link", {"text": "开放大学", "page": None, "url": "https://www.shou.org.cn/"}),
        ),
    )
    HomePage.objects.get().add_child(instance=page)
    html = parsed(client.get("/guan-yu-wo-men/"))
    assert html.one("main h1").text == "关于我们"
    assert html.one("main h2.ruled").text == "怎么找到我们"
    assert [point.text for point in html.all(".points li")] == ["带上手机。", "带上老花镜。"]
    assert "这些不告诉人" in html.one("main .caution").text
    assert {link["href"] for link in html.all("main .alone a")} == {lesson.url, "https://www.shou.org.cn/"}
    assert [link["href"] for link in html.all(".crumbs a")] == ["/"]


def test_site_settings_stand_on_every_page(client):
    number = {"name": "反诈专线", "number": "96110", "purpose": "拿不准的时候"}
    words = {"hotline_name": "热线", "slogan": "慢慢来", "icp_filing": "沪ICP备1号"}
    SiteSettings.objects.update_or_create(
        pk=SiteSettings.load().pk,
        defaults={"hotline": "021 12345", "hotlines": stream(("hotline", number)), **words},
    )
    for path in ("/", "/courses/", "/nicht-da/"):
        foot = parsed(client.get(path)).one("footer")
        assert {link["href"] for link in foot.select('a[href^="tel:"]')} == {"tel:02112345", "tel:96110"}
        assert not [line for line in (*words.values(), "反诈专线") if line not in foot.text]


def test_page_below_a_missing_page_is_not_found(client):
    assert client.get("/guan-yu-wo-men/unten/").status_code == 404


@pytest.mark.parametrize("taken", ["search", "admin", "classes", "l"])
def test_a_page_below_home_cannot_take_an_address_the_site_needs(taken):
    with pytest.raises(ValidationError, match="网站自己要用"):
        HomePage.objects.get().add_child(instance=StandardPage(title="说明", slug=taken))


def test_it_cannot_be_moved_to_where_its_address_is_taken():
    home = HomePage.objects.get()
    about = home.add_child(instance=StandardPage(title="说明", slug="shuoming"))
    page = about.add_child(instance=StandardPage(title="搜一搜", slug="search"))
    assert not page.can_move_to(home)
    assert page.can_move_to(about)


def test_deeper_down_the_same_address_is_free():
    about = HomePage.objects.get().add_child(instance=StandardPage(title="说明", slug="shuoming"))
    page = about.add_child(instance=StandardPage(title="搜一搜", slug="search"))
    assert page.url == "/shuoming/search/"


def test_no_reader_is_the_first_to_write_the_settings():
    assert SiteSettings.objects.count() == 1
