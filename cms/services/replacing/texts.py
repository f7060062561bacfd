"""The texts of a page or shared step: seen in the stored form, changed in an object of it."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField

from cms import screens
from cms.blocks.texts import BlockText, put, texts_in
from cms.errors import ContentError
from cms.services.replacing.wording import Hit, Renaming
from cms.services.stored import stored, written_fields


@dataclass(frozen=True)
class Scope:
    """Which words are looked at beside those that readers read on every page."""

    screens: bool = True
    notes: bool = True


class WouldBreak(ContentError):
    """A new wording does not fit where the old one stood; the message says where and why."""

    def __init__(self, where: str, reason: str):
        super().__init__(f"{where}：{reason}")


def hits_in(model, values: dict[str, Any], renaming: Renaming, scope: Scope) -> Iterator[Hit]:
    """Yield every place in stored values."""
    for field in _fields(model, scope):
        value = values[field.name]
        if isinstance(field, StreamField):
            for text in _stream_texts(field, value, scope):
                yield from renaming.hits(text.words, text.where, is_screen=text.is_screen)
        elif value:
            yield from renaming.hits(value, str(field.verbose_name), is_screen=False)


def change(version, renaming: Renaming, scope: Scope) -> bool:
    """Replace the words in ``version``, a page or shared step, in place; tell whether there were any.

    Raises WouldBreak, and then nothing is changed.
    """
    fields = _fields(type(version), scope)
    values = stored(version, fields)
    new = {field: _renamed(field, values[field.name], renaming, scope) for field in fields}
    changed = {field: value for field, value in new.items() if value != values[field.name]}
    for field, value in changed.items():
        setattr(version, field.name, value if not isinstance(field, StreamField) else _stream(field, value))
    return bool(changed)


def _fields(model, scope: Scope) -> list:
    return [field for field in written_fields(model) if scope.notes or field.name != "teaching_notes"]


def _stream_texts(field, raw, scope: Scope) -> Iterator[BlockText]:
    for text in texts_in(field.stream_block, raw):
        if scope.screens or not text.is_screen:
            yield text


def _stream(field, raw):
    return field.stream_block.to_python(raw)


def _renamed(field, value, renaming: Renaming, scope: Scope):
    if not isinstance(field, StreamField):
        new = renaming.in_text(value or "")
        if new != (value or ""):
            _check(str(field.verbose_name), lambda: field.clean(new, None))
            return new
        return value
    raw = copy.deepcopy(value)
    for text in _stream_texts(field, value, scope):
        new = renaming.apply(text.words, is_screen=text.is_screen)
        if new != text.words:
            _check(text.where, lambda text=text, new=new: text.block.clean(new))
            if text.is_screen and _shape(new) != _shape(text.words):
                raise WouldBreak(text.where, "会换掉画图的记号，请手工改。")
            put(raw, text.path, new)
    return raw


def _check(where: str, clean) -> None:
    try:
        clean()
    except ValidationError as error:
        raise WouldBreak(where, "".join(error.messages)) from None


def _shape(text: str) -> list:
    """Return which widgets and marks a screen has, whatever words stand in them."""
    try:
        screen = screens.parse(text)
    except screens.ScreenErrors:
        return []
    marks = [[(part.tap, part.look, part.aim) for part in widget.parts] for widget in screen.widgets]
    names = [widget.name for widget in screen.widgets]
    return [names, marks, screen.torn_top, screen.torn_foot]
