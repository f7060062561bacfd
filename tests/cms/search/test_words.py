"""Objects indexed as words, and queries rewritten into words."""

from types import SimpleNamespace

import pytest
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from cms.search.words import IndexedWords, in_words, plain


class Value(SearchField):
    """A search field that reads a plain attribute and counts how often it is read."""

    reads = 0

    def get_value(self, obj):
        Value.reads += 1
        return getattr(obj, self.field_name)


class Typed(AutocompleteField):
    def get_value(self, obj):
        return getattr(obj, self.field_name)


class Related(RelatedFields):
    def get_value(self, obj):
        return getattr(obj, self.field_name)


def indexed(**values):
    fields = values.pop("fields")
    return IndexedWords(SimpleNamespace(pk=7, get_search_fields=lambda: fields, **values))


def test_a_title_is_indexed_with_its_pinyin_and_keeps_its_boost():
    item = indexed(title="微信", fields=[Value("title", boost=2)])
    (field,) = item.get_search_fields()
    assert field.get_value(item).split() == ["微信", "微", "信", "wei", "weixin", "wx", "xin"]
    assert field.boost == 2
    assert item.pk == 7


def test_other_fields_are_indexed_without_pinyin():
    item = indexed(goal="微信", fields=[Value("goal")])
    (field,) = item.get_search_fields()
    assert field.get_value(item) == "微信 微 信"


def test_the_kind_of_field_stays():
    item = indexed(title="微信", fields=[Value("title"), Typed("title"), FilterField("live")])
    kinds = [type(field) for field in item.get_search_fields()]
    assert issubclass(kinds[0], SearchField)
    assert issubclass(kinds[1], AutocompleteField)
    assert kinds[2] is FilterField


def test_related_objects_are_indexed_as_words():
    topic = SimpleNamespace(name="扫码")
    item = indexed(topic=topic, fields=[Related("topic", [Value("name")])])
    (related,) = item.get_search_fields()
    assert related.get_value(item) is topic
    assert related.fields[0].get_value(topic) == "扫码 扫 码"


def test_a_field_is_read_once_however_often_it_is_asked():
    item = indexed(goal="微信", fields=[Value("goal")])
    Value.reads = 0
    assert {item.get_search_fields()[0].get_value(item) for _ in range(5)} == {"微信 微 信"}
    assert Value.reads == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("码", "码"),
        (3, "3"),
        (["微", ["信", None]], "微\n信\n"),
        ({"do": "点", "look": ["看"]}, "点\n看"),
    ],
)
def test_any_value_has_a_text(value, text):
    assert plain(value) == text


def test_pieces_of_a_list_do_not_run_together():
    item = indexed(steps=["打开微", "信任"], fields=[Value("steps")])
    assert "微信" not in item.get_search_fields()[0].get_value(item).split()


@pytest.mark.parametrize("query", ["微信", PlainText("微信扫"), Phrase("微信扫"), Fuzzy("微信扫")])
def test_every_kind_of_query_is_asked_in_words(query):
    words = in_words(query)
    assert (words if isinstance(words, str) else words.query_string) in {"微信", "微信 信扫"}


def test_operators_are_kept():
    assert in_words(PlainText("微信扫", operator="or")).operator == "or"
    assert isinstance(in_words(And([PlainText("微信"), Or([PlainText("扫码")])])), And)
    assert isinstance(in_words(Not(PlainText("微信"))), Not)


def test_a_boost_is_dropped_and_the_query_kept():
    assert in_words(Boost(PlainText("微信"), 2)).query_string == "微信"


def test_empty_parts_fall_away():
    assert in_words(And([PlainText('"'), PlainText("微信")])).subqueries[0].query_string == "微信"
    for nothing in ('"', PlainText('"'), Phrase("'"), Not(PlainText("*")), And([PlainText("!")]), Or([]), ""):
        assert in_words(nothing) is MATCH_NONE


def test_everything_stays_everything():
    assert in_words(MATCH_ALL) is MATCH_ALL
    assert in_words(None) is MATCH_ALL
