"""The admin's own listings and choosers find Chinese too, and no sign breaks them."""

import pytest
from django.urls import reverse

from cms.models import SharedStep

QUERIES = ["航空", "空母", "hangkong", "hkmj", "hangk", "SCAN-902"]


def snippet_list() -> str:
    return reverse(SharedStep.snippet_viewset.get_url_name("list"))


@pytest.fixture
def listings(lesson):
    """The addresses of the page listing of a module, the search over all pages, and the page chooser."""
    page = lesson("航空母舰", code="SCAN-902")
    lesson("坐地铁", code="SCAN-903")
    return [
        reverse("wagtailadmin_explore_results", args=[page.get_parent().pk]),
        reverse("wagtailadmin_pages:search_results"),
        reverse("wagtailadmin_choose_page_search"),
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_pages_are_found_in_listing_search_and_chooser(admin_client, listings, query):
    for address in listings:
        html = admin_client.get(address, {"q": query}).content.decode()
        assert "航空母舰" in html, address
        assert "坐地铁" not in html, address


@pytest.mark.parametrize("query", ['"', "'", "*", '微信"', "(", "\x00", "a" * 300])
def test_no_sign_breaks_the_admin(admin_client, listings, query):
    for address in [*listings, snippet_list()]:
        assert admin_client.get(address, {"q": query}).status_code == 200, address


@pytest.mark.parametrize("query", ["微信", "weixin", "dkwx"])
def test_snippets_are_found(admin_client, home, query):
    SharedStep.objects.create(key="open-wechat", title="打开微信", body=[])
    SharedStep.objects.create(key="call-110", title="打电话", body=[])
    html = admin_client.get(
        reverse(SharedStep.snippet_viewset.get_url_name("list")), {"q": query}
    ).content.decode()
    assert "打开微信" in html
    assert "打电话" not in html
