"""`/search/` and `/search/suggest` as readers and scripts get them."""

import re

import pytest

from cms.enums import Scenario
from cms.models import SiteSettings


def ask(client, query, **extra):
    return client.get("/search/", {"q": query}, **extra)


def test_results_carry_title_address_code_summary_and_kind(client, lesson):
    page = lesson("航空母舰", goal="会看。", code="SCAN-902")
    (result,) = ask(client, "航空母舰").context["results"]
    assert result["title"] == "航空母舰"
    assert result["url"] == page.url
    assert result["code"] == "SCAN-902"
    assert result["summary"] == "会看。"
    assert result["kind"]


def test_each_result_is_an_item_with_its_code(client, lesson):
    lesson("航空母舰", code="SCAN-902")
    html = ask(client, "航空母舰").content.decode()
    assert re.findall(r'<li[^>]*data-code="([^"]*)"', html) == ["SCAN-902"]
    assert 'href="/courses/saoma/hang-kong-mu-jian/"' in html


def test_a_result_leads_to_its_page(client, lesson):
    lesson("航空母舰")
    (result,) = ask(client, "航空母舰").context["results"]
    assert client.get(result["url"]).status_code == 200


def test_a_page_without_code_has_an_empty_one(client, home):
    result = next(found for found in ask(client, "扫码").context["results"] if found["title"] == "扫码")
    assert result["code"] == ""
    assert result["url"] == "/scenarios/scan-code/"


@pytest.mark.parametrize("query", ["", "   ", "\u3000"])
def test_an_empty_search_says_what_to_type(client, home, query):
    context = ask(client, query).context
    assert "写几个字" in context["message"]
    assert [tile["title"] for tile in context["suggestions"]] == Scenario.labels
    assert context["results"] == []


def test_a_search_without_q_is_an_empty_one(client, home):
    assert client.get("/search/").context["query"] == ""


def test_signs_alone_are_answered_in_words(client, home):
    context = ask(client, '"').context
    assert "没有字" in context["message"]
    assert len(context["suggestions"]) == 10


def test_nothing_found_blames_nobody_and_gives_ways_on(client, home):
    settings = SiteSettings.load()
    settings.hotline_name, settings.hotline = "热心电话", "021-12345678"
    settings.save()
    context = ask(client, "量子纠缠").context
    assert "没有找到“量子纠缠”" in context["message"]
    assert "热心电话 021-12345678" in context["message"]
    assert not re.search("错|无效|失败", context["message"])
    assert [tile["url"] for tile in context["suggestions"]] == [
        f"/scenarios/{slug}/" for slug in Scenario.values
    ]


def test_the_suggested_scenarios_are_there(client, home):
    for tile in ask(client, "量子纠缠").context["suggestions"]:
        assert client.get(tile["url"]).status_code == 200


def test_what_is_only_like_it_is_said_to_be(client, lesson):
    lesson("航空母舰")
    assert "有点像" in ask(client, "航空邮票").context["message"]
    assert "读音一样" in ask(client, "杭空").context["message"]
    assert ask(client, "航空").context["message"] == ""
    assert ask(client, "航空").context["suggestions"] == []


def test_too_long_a_search_is_cut_and_says_so(client, home):
    context = ask(client, "量" * 101).context
    assert context["query"] == "量" * 100
    assert "前 100 个字" in context["message"]
    assert "前 100 个字" not in ask(client, "量" * 100).context["message"]


SIGNS = [
    '"',
    "'",
    '"微信',
    "微信*",
    "(",
    "AND",
    "NOT 微信",
    "a:b",
    "%",
    "\\",
    "\x00",
    "<script>",
    "' OR 1=1 --",
    "^",
    "😀",
]


@pytest.mark.parametrize("query", SIGNS)
def test_no_sign_breaks_it(client, home, query):
    assert ask(client, query).status_code == 200
    assert client.get("/search/suggest", {"q": query}).status_code == 200


def test_broken_bytes_are_answered(client, home):
    assert client.get("/search/?q=%ff%fe%00").status_code == 200
    assert client.get("/search/suggest?q=%ed%a0%80").status_code == 200


def test_what_is_typed_is_shown_as_text(client, home):
    html = ask(client, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_only_reading_is_allowed(client, home):
    assert client.post("/search/", {"q": "码"}).status_code in {403, 405}
    assert client.head("/search/", {"q": "码"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_page_asks_few_queries(client, lesson, django_assert_max_num_queries, count):
    for number in range(count):
        lesson(f"航空{number}号")
    ask(client, "航空")
    with django_assert_max_num_queries(8):
        assert len(ask(client, "航空").context["results"]) == count


def test_all_ways_of_searching_and_all_kinds_stay_within_the_budget(
    client, lesson, chapter, django_assert_max_num_queries
):
    lesson("扫码点菜")
    chapter("扫码买菜", text="到菜场扫码。")
    ask(client, "扫码")
    with django_assert_max_num_queries(8):
        kinds = {found["kind"] for found in ask(client, "扫码").context["results"]}
    assert len(kinds) >= 4
    with django_assert_max_num_queries(8):
        assert ask(client, "骚马").context["results"]


def test_suggestions_are_titles_and_addresses(client, lesson, django_assert_max_num_queries):
    page = lesson("航空母舰")
    client.get("/search/suggest", {"q": "hk"})
    with django_assert_max_num_queries(4):
        answer = client.get("/search/suggest", {"q": "hk"})
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {"suggestions": [{"title": "航空母舰", "url": page.url}]}


def test_no_query_no_suggestions(client, home):
    assert client.get("/search/suggest").json() == {"suggestions": []}


def test_at_most_eight_suggestions(client, lesson):
    for number in range(9):
        lesson(f"航空{number}号")
    assert len(client.get("/search/suggest", {"q": "航空"}).json()["suggestions"]) == 8
