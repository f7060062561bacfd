"""What both search backends share: objects are indexed, and queries asked, as the words of `tokens`."""

from typing import Any

from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField
from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from cms.search.tokens import index_words, pinyin_words, query_words


class IndexedWords:
    """Stands in for an object while it is indexed: the same fields, each giving words instead of text.

    The backends' own indexers read an object only through its search fields, so nothing of theirs needs
    to be replaced. Each field is read once, though they ask for it up to five times.
    """

    def __init__(self, obj):
        self.obj = obj
        self.pk = obj.pk
        self.words: dict[tuple, str] = {}

    def get_search_fields(self) -> list:
        """Return the object's search fields, wrapped."""
        return [_wrapped(field) for field in self.obj.get_search_fields()]


class _Words(BaseField):
    """Gives a field's value as words; a title also by how it sounds."""

    def __init__(self, field):
        super().__init__(field.field_name)
        self.field = field
        self.boost = getattr(field, "boost", None)

    def get_value(self, obj) -> str:
        if not isinstance(obj, IndexedWords):
            return self._words_of(obj)
        key = (type(self), self.field_name)
        if key not in obj.words:
            obj.words[key] = self._words_of(obj.obj)
        return obj.words[key]

    def _words_of(self, obj) -> str:
        text = plain(self.field.get_value(obj))
        words = index_words(text)
        if self.field_name == "title":
            words += pinyin_words(text)
        return " ".join(words)


class _SearchWords(_Words, SearchField):
    pass


class _AutocompleteWords(_Words, AutocompleteField):
    pass


class _RelatedWords(RelatedFields):
    """Related objects are read as they are; their fields give words."""

    def __init__(self, related: RelatedFields):
        super().__init__(related.field_name, [_wrapped(field) for field in related.fields])
        self.related = related

    def get_value(self, obj):
        return self.related.get_value(obj.obj if isinstance(obj, IndexedWords) else obj)


def _wrapped(field):
    if isinstance(field, SearchField):
        return _SearchWords(field)
    if isinstance(field, AutocompleteField):
        return _AutocompleteWords(field)
    if isinstance(field, RelatedFields):
        return _RelatedWords(field)
    return field


def plain(value: Any) -> str:
    """Return the text of a field's value: a string, or lists and dictionaries of them at any depth."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return "\n".join(plain(item) for item in value)
    return str(value)


def in_words(query: str | SearchQuery | None) -> SearchQuery | str:
    """Return a query rewritten into words; one that matches nothing when it holds no word.

    Never an empty string: for that Wagtail gives back results without a model, on which listings break.
    """
    if query is None:
        return MATCH_ALL
    return _rewritten(query) or MATCH_NONE


def _rewritten(query: str | SearchQuery) -> SearchQuery | str:
    if isinstance(query, str):
        return " ".join(query_words(query))
    if isinstance(query, (PlainText, Phrase, Fuzzy)):
        words = " ".join(query_words(query.query_string))
        return words and PlainText(words, operator=getattr(query, "operator", "and"))
    if isinstance(query, Boost):
        return _rewritten(query.subquery)
    if isinstance(query, Not):
        rest = _rewritten(query.subquery)
        return rest and Not(rest)
    if isinstance(query, (And, Or)):
        parts = [part for part in map(_rewritten, query.subqueries) if part]
        return type(query)(parts) if parts else ""
    return query
