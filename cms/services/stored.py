"""The words of a page or shared step in their stored form: as readers see it, and as its draft says.

Read from the row or from the revision's own JSON: building a draft as an object would ask the database for
everything it chose.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail.search.index import SearchField

from cms.hooks import PACKAGE_KINDS, ask
from cms.models import CheckedContent, SharedStep, StandardPage

# Found by readers' searches, but no words of ours.
_NOT_WORDS = {"code", "key"}


def page_models() -> list[Any]:
    """Return the kinds of page designers write, roots of packages first, each with its children."""
    kinds = [model for kind in ask(PACKAGE_KINDS) for model in (kind.root, kind.child)]
    return [*kinds, StandardPage]


def readers_fields(model) -> list[models.Field]:
    """Return the fields whose words readers read: those they can find by searching."""
    names = {field.field_name for field in model.search_fields if type(field) is SearchField} - _NOT_WORDS
    return [field for field in model._meta.get_fields() if field.concrete and field.name in names]


def written_fields(model) -> list[models.Field]:
    """Return the fields designers write words into, also those readers do not see.

    What was noted about a check on real phones is a fact of its day, a code and an address never change.
    """
    if model is SharedStep:
        return readers_fields(model)
    apart = {*CheckedContent.checked_fields, "code", "slug"}
    named = [model._meta.get_field(name) for name in model.package_fields if name not in apart]
    return [field for field in named if is_words(field)] or readers_fields(model)


def is_words(field: models.Field) -> bool:
    """True for a stream and for plain words, not for a choice from a list."""
    return isinstance(field, StreamField) or (
        isinstance(field, models.CharField | models.TextField) and not field.choices
    )


def stored(content, fields: Iterable[models.Field]) -> dict[str, Any]:
    """Return the values of the row, streams in their stored form."""
    return {field.name: _of_row(content, field) for field in fields}


def drafted(revision: Revision, fields: Iterable[models.Field]) -> dict[str, Any]:
    """Return the values a revision holds, streams in their stored form."""
    return {field.name: _of_json(revision.content, field) for field in fields}


def drafts_of(contents: Iterable) -> dict[int, Revision]:
    """Return, by number, the latest revisions of those that have a draft, with one query."""
    ids = [content.latest_revision_id for content in contents if has_draft(content)]
    return Revision.objects.in_bulk(ids) if ids else {}


def has_draft(content) -> bool:
    """True when the latest revision says something else than readers see."""
    return bool(content.latest_revision_id) and (content.has_unpublished_changes or not content.live)


def state_of(content) -> str:
    """Return in words whether readers see it."""
    if not content.live:
        return "草稿"
    return "在线，有草稿" if content.has_unpublished_changes else "在线"


def chosen_steps(values: dict[str, Any]) -> Iterator[int]:
    """Yield the numbers of the shared steps in stored values."""
    for value in values.values():
        if isinstance(value, list):
            yield from (item["value"] for item in value if item["type"] == "shared_step" and item["value"])


def _of_row(content, field) -> Any:
    value = getattr(content, field.attname)
    return field.stream_block.get_prep_value(value) if isinstance(field, StreamField) else value


def _of_json(content: dict, field) -> Any:
    value = content.get(field.attname)
    if isinstance(field, StreamField):
        return json.loads(value) if value else []
    return field.get_default() if value is None else field.to_python(value)
