"""The search backend of the database in use, asked through Wagtail as admin views ask it."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import SharedStep

SIGNS = [
    '"',
    "'",
    '""',
    "*",
    "(",
    ")",
    "' OR 1=1 --",
    '微信"',
    "%",
    "\\",
    "{title}:",
    "& | !",
    "<->",
    ":*",
    "a:*b",
    "^",
]
TITLE = "在超市看清店名再付款"
TEXT = "您会看到收款人的名字。"


def test_the_backend_is_that_of_the_database(db):
    kind = {"sqlite": "ChineseSQLiteBackend", "postgresql": "ChinesePostgresBackend"}[connection.vendor]
    assert type(get_search_backend()).__name__ == kind


@pytest.mark.parametrize("like", [False, True])
@pytest.mark.parametrize("start", range(len(TITLE) - 1))
def test_any_two_characters_of_a_title_find_it(lesson, found, start, like):
    lesson(TITLE)
    assert TITLE in found(TITLE[start : start + 2], like=like)


@pytest.mark.parametrize("piece", ["收款", "款人", "看到收款", "收款人的名字", "名"])
def test_any_piece_of_the_text_finds_the_page(lesson, found, piece):
    lesson("付款", text=TEXT)
    assert "付款" in found(piece)


def test_a_page_that_does_not_say_it_is_not_found(lesson, found):
    lesson("付款", text=TEXT)
    assert "付款" not in found("收名")
    assert "付款" not in found("地铁")


@pytest.mark.parametrize("typed", ["dianliang", "dian liang shouji", "shouji", "dl", "dlsj", "DIANLIANG"])
@pytest.mark.parametrize("like", [False, True])
def test_a_title_is_found_by_its_pinyin_and_initials(lesson, found, typed, like):
    lesson("点亮手机屏幕")
    assert "点亮手机屏幕" in found(typed, like=like)


def test_a_title_is_found_while_it_is_typed(lesson, found):
    lesson("点亮手机屏幕")
    for typed in ("d", "dianl", "dian li", "点", "点亮手", "点亮sho"):
        assert "点亮手机屏幕" in found(typed, like=True)


@pytest.mark.parametrize(
    "typed", ["SCAN-902", "scan-902", "scan902", "SCAN902", "ＳＣＡＮ－９０２", "scan 902", "SCAN–902"]
)
@pytest.mark.parametrize("like", [False, True])
def test_a_page_is_found_by_its_code(lesson, found, typed, like):
    lesson("付停车费", code="SCAN-902")
    lesson("付餐费", code="SCAN-903")
    assert found(typed, like=like) == ["付停车费"]


def test_a_title_comes_before_a_text(lesson, found):
    lesson("付款", text="公交卡，公交卡，公交卡。")
    lesson("公交卡")
    lesson("买菜", text="公交卡也可以。")
    assert found("公交卡")[0] == "公交卡"


def test_the_whole_title_comes_before_a_longer_one(lesson, found):
    lesson("交电费和交水费的时候要看清楚")
    lesson("交电费")
    assert found("交电费")[:2] == ["交电费", "交电费和交水费的时候要看清楚"]


def test_a_changed_page_is_found_by_its_new_words_only(lesson, found):
    page = lesson("旧题目")
    page.title = "新标题"
    page.save()
    assert found("旧题") == []
    assert found("新标题") == ["新标题"]


def test_a_deleted_page_is_not_found(lesson, found):
    lesson("旧题目").delete()
    assert found("旧题目") == []


def test_snippets_and_choosers_find_chinese_too(db):
    body = json.dumps([{"type": "step", "value": {"do": "点绿色的图标。"}}])
    SharedStep.objects.create(key="open-wechat", title="打开微信", body=body)
    backend = get_search_backend()
    for query in ("微信", "打开", "weixin", "dkwx"):
        assert [step.key for step in backend.autocomplete(query, SharedStep)] == ["open-wechat"]
    assert [step.key for step in backend.search("绿色", SharedStep)] == ["open-wechat"]


@pytest.mark.parametrize("signs", SIGNS)
def test_signs_are_harmless(lesson, found, signs):
    lesson("微信")
    for like in (False, True):
        assert set(found(signs, like=like)) <= {"微信"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_no_query_breaks_it(db, found, query):
    assert isinstance(found(query), list)
    assert isinstance(found(query, like=True), list)


@pytest.mark.parametrize("query", ["a" * 5000, "微" * 5000, "a b " * 1000, "微信 " * 1000])
def test_a_long_query_is_answered(found, query):
    assert isinstance(found(query, like=True), list)


def test_either_word_or_both(lesson, found):
    lesson("坐地铁")
    lesson("坐飞机")
    assert set(found("地铁 飞机", operator="or")) == {"坐地铁", "坐飞机"}
    assert found("地铁 飞机", operator="and") == []


def test_queries_can_be_put_together(lesson, found):
    lesson("坐地铁")
    lesson("坐飞机")
    lessons = Page.objects.filter(title__startswith="坐")
    assert found(PlainText("地铁"), pages=lessons) == ["坐地铁"]
    assert found(Phrase("坐地铁"), pages=lessons) == ["坐地铁"]
    assert set(found(Or([PlainText("地铁"), PlainText("飞机")]), pages=lessons)) == {"坐地铁", "坐飞机"}
    assert found(And([PlainText("坐地"), PlainText("地铁")]), pages=lessons) == ["坐地铁"]
    assert found(Not(PlainText("地铁")), pages=lessons) == ["坐飞机"]
    assert set(found(MATCH_ALL, pages=lessons)) == {"坐地铁", "坐飞机"}
    assert found(Not(MATCH_ALL), pages=lessons) == []


def test_fields_narrow_the_search_to_title_or_text(lesson, found):
    lesson("坐地铁", text="进站刷码。")
    assert found("刷码", fields=["title"]) == []
    assert found("地铁", fields=["title"]) == ["坐地铁"]


def test_a_listing_in_its_own_order_can_be_searched(lesson, found):
    lesson("乙地铁")
    lesson("甲地铁")
    lessons = Page.objects.order_by("-title")
    assert found("地铁", pages=lessons, order_by_relevance=False) == ["甲地铁", "乙地铁"]
    assert len(found("地铁", order_by_relevance=False)) == 2


def test_results_can_be_counted_cut_scored_and_grouped(lesson):
    for number in range(5):
        lesson(f"地铁{number}号线")
    results = Page.objects.live().search("地铁")
    assert results.count() == 5
    assert len(results[1:3]) == 2
    assert len({page.pk for part in (results[:3], results[3:]) for page in part}) == 5
    assert all(page.score for page in results.annotate_score("score"))
    assert list(results.facet("content_type_id").values()) == [5]


def test_a_search_is_one_query(lesson, django_assert_num_queries):
    for number in range(5):
        lesson(f"地铁{number}号线")
    list(Page.objects.search("地铁"))
    with django_assert_num_queries(1):
        assert len(list(Page.objects.search("地铁"))) == 5
