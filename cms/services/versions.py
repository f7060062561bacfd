"""Two versions of a page or a shared step as plain words, side by side, for cms.services.changes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import ManyToManyField
from django.utils import timezone
from django.utils.formats import date_format
from taggit.managers import TaggableManager
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.blocks.texts import items_of
from cms.services.changes import Item, part_changes, stream_changes

# What Wagtail keeps about a page or a snippet, beside what editors fill in.
BOOKKEEPING = {each.name for each in Page._meta.get_fields()} - {"title", "slug", "go_live_at", "expire_at"}
# The note is about the change itself.
NOT_CONTENT = {"change_note"}


def changes_between(before, after) -> list[str]:
    """Return in sentences what ``after`` says otherwise than ``before``: two versions of one thing."""
    told: list[str] = []
    for each in content_fields(type(after)):
        told += field_changes(each, before, after)
    return told


def published_version(content):
    """Return what readers see now; None when nothing was ever published."""
    if content.live and content.live_revision_id:
        return content.live_revision.as_object()
    return content if content.live else None


def field_changes(each, before, after) -> list[str]:
    """Return what one field says otherwise."""
    if isinstance(getattr(after, each.name, None), StreamValue):
        return stream_changes(items(getattr(before, each.name)), items(getattr(after, each.name)))
    label = str(each.verbose_name)
    return part_changes({label: words_of(each, before)}, {label: words_of(each, after)})


def content_fields(model) -> Iterator:
    """Yield the fields that editors fill in: our own, and of Wagtail's the title, the address and the two days."""
    for each in (*model._meta.concrete_fields, *model._meta.many_to_many):
        ours = each.name not in BOOKKEEPING and each.name not in NOT_CONTENT
        if ours and not each.primary_key:
            yield each


def words_of(each, version) -> str:
    """Return one field's value as an editor would say it."""
    if isinstance(each, TaggableManager | ManyToManyField):
        return "、".join(sorted(str(one) for one in getattr(version, each.name).all()))
    value = getattr(version, each.attname)
    return str(dict(each.flatchoices).get(value, "")) if each.choices else plain(value)


def plain(value: Any) -> str:
    """Return a plain value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "Y年n月j日 H:i")
    if isinstance(value, date):
        return date_format(value, "Y年n月j日")
    # A browser sends other line ends than a content package has.
    return "\n".join(str(value).splitlines())


def items(stream: StreamValue) -> list[Item]:
    """Return the blocks of a stream, named as its readers count them."""
    return list(_items(stream))


def _items(stream: StreamValue) -> Iterator[Item]:
    for named, block in zip(items_of(stream.stream_block, list(stream.raw_data)), stream, strict=False):
        parts = parts_of(block.block, block.value)
        yield Item(named.id, named.where, next(filter(None, parts.values()), ""), parts)


def parts_of(block: blocks.Block, value: Any) -> dict[str, str]:
    """Return a block's words by the names of its parts: {做什么: …, 图，画屏幕: …}."""
    return {name: words for name, words in _parts(block, value, str(block.label)) if words}


def _parts(block: blocks.Block, value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            label = str(child.label)
            for inner, words in _parts(child, value.get(key), label):
                nested = isinstance(child, blocks.StructBlock) and inner != label
                yield (f"{label}，{inner}" if nested else inner), words
    elif isinstance(block, blocks.ListBlock):
        for number, one in enumerate(value or (), start=1):
            yield from _listed(block.child_block, one, name, number)
    elif isinstance(block, blocks.ChoiceBlock):
        yield name, _choice(block, value)
    else:
        yield name, plain(value)


def _listed(block: blocks.Block, value: Any, name: str, number: int) -> Iterator[tuple[str, str]]:
    phone = value.get("phone") if isinstance(block, blocks.StructBlock) else None
    if phone is None:
        yield from ((f"{name}第 {number} 条", words) for _, words in _parts(block, value, name))
        return
    which = _choice(block.child_blocks["phone"], phone)
    for inner, words in _parts(block, value, name):
        yield f"{which}，{inner}", words


def _choice(block: blocks.ChoiceBlock, value: Any) -> str:
    return str(dict(block.field.choices).get(value, value or ""))
