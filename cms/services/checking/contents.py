"""From the stored form to what the checks look at."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from wagtail.fields import StreamField

from cms.blocks.texts import Item, items_of, texts_in
from cms.checking import Content, Facts, Link, Picture, Spot, Step, Text
from cms.enums import PhoneKind
from cms.models import CheckedContent
from cms.services.checking.surroundings import Surroundings
from cms.services.stored import readers_fields

_SHORT_ADDRESS = re.compile(r"/l/([A-Za-z]+-\d+)")
_FACTS = ("main_scenario", "safety_note", "offline_way", "checked_on", "review_by", "archived_on")


def fields_to_check(model) -> list:
    """Return the fields a check needs: readers' words, and the facts beside them."""
    words = readers_fields(model)
    names = {field.name for field in words}
    return words + [
        field
        for field in model._meta.get_fields()
        if field.concrete and field.name in _FACTS and field.name not in names
    ]


def content_of(model, values: dict[str, Any], around: Surroundings, *, used: bool | None = None) -> Content:
    """Return what the checks look at, from values in their stored form."""
    streams = [
        (field, values[field.name]) for field in fields_to_check(model) if isinstance(field, StreamField)
    ]
    texts = [text for field in readers_fields(model) for text in _texts(field, values[field.name])]
    return Content(
        texts=tuple(texts),
        steps=tuple(step for field, raw in streams for step in _steps(field, raw, around)),
        links=(*_links(streams, around), *_short_addresses(texts, around)),
        facts=_facts(model, values, used),
    )


def _facts(model, values: dict[str, Any], used: bool | None) -> Facts:
    questions = values.get("questions")
    return Facts(
        main_scenario=values.get("main_scenario"),
        safety_note=values.get("safety_note"),
        offline_way=values.get("offline_way"),
        questions=None if questions is None else len(questions),
        checked_on=values.get("checked_on"),
        review_by=values.get("review_by"),
        is_checked_on_phones=issubclass(model, CheckedContent),
        archived=bool(values.get("archived_on")),
        used=used,
    )


def _texts(field, value) -> Iterator[Text]:
    if not isinstance(field, StreamField):
        if value:
            yield Text(Spot(str(field.verbose_name), field.name), value)
        return
    for text in texts_in(field.stream_block, value):
        if not text.is_screen:
            yield Text(Spot(text.where, field.name, text.block_id), text.words)


def _steps(field, raw: list[dict], around: Surroundings) -> Iterator[Step]:
    items = list(items_of(field.stream_block, raw))
    for item, following in zip_longest(items, items[1:]):
        spot = Spot(item.where, field.name, item.id)
        if item.type == "step":
            cautioned = following is not None and following.type == "caution"
            yield _step(spot, item.value, around, guarded=cautioned)
        elif item.type == "shared_step" and (chosen := around.shared_steps.get(item.value)):
            yield from (_step(spot, inner["value"], around, shared=True) for inner in chosen.body.raw_data)


def _step(
    spot: Spot, raw: dict, around: Surroundings, *, guarded: bool = False, shared: bool = False
) -> Step:
    variants = [_bare(item) for item in raw.get("variants") or []]
    pictures = [("", raw.get("picture")), *((one.get("phone", ""), one.get("picture")) for one in variants)]
    return Step(
        spot,
        do=raw.get("do") or "",
        look=raw.get("look") or "",
        guarded=guarded or bool((raw.get("caution") or {}).get("text")),
        shared=shared,
        variants=frozenset(one.get("phone", "") for one in variants),
        pictures=tuple(_picture(spot, phone, picture, around) for phone, picture in pictures if picture),
    )


def _picture(spot: Spot, phone: str, raw: dict, around: Surroundings) -> Picture:
    title, description = around.images.get(raw.get("screenshot"), ("", ""))
    where = f"{spot.where}，{PhoneKind(phone).label}" if phone in PhoneKind.values else spot.where
    return Picture(
        Spot(where, spot.field, spot.block),
        phone,
        screen=raw.get("screen") or "",
        image=title,
        described=bool(description),
        alt=raw.get("alt") or "",
    )


def _bare(item: dict) -> dict:
    """Return a list's item without the wrapping that Wagtail's newer form gives it."""
    return item["value"] if "value" in item and "type" in item else item


def _links(streams, around: Surroundings) -> Iterator[Link]:
    for field, raw in streams:
        for item in items_of(field.stream_block, raw):
            if link := _link(Spot(item.where, field.name, item.id), item, around):
                yield link


def _link(spot: Spot, item: Item, around: Surroundings) -> Link | None:
    if item.type == "shared_step":
        chosen = around.shared_steps.get(item.value)
        name = f"共用步骤 {chosen.title}" if chosen else "共用步骤"
        return Link(spot, name, around.trouble_with_step(item.value))
    if item.type == "link" and (pk := item.value.get("page")):
        return Link(spot, item.value.get("text", ""), around.trouble_with_page(pk))
    return None


def _short_addresses(texts: list[Text], around: Surroundings) -> Iterator[Link]:
    for text in texts:
        for code in _SHORT_ADDRESS.findall(text.words):
            yield Link(text.spot, f"/l/{code}/", around.trouble_with_code(code.upper()))
