"""Rewording a Chinese label makes no migration.

Labels, help texts, the names of choices and the inside of StreamField blocks are words for people: the
database knows nothing of them, so the history of its tables should not either (docs/decisions/0011).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from django.db.migrations.operations import AlterModelOptions
from wagtail.fields import StreamField

WORDS = ("verbose_name", "help_text", "choices")
MODEL_WORDS = ("verbose_name", "verbose_name_plural")


@contextmanager
def wording_ignored() -> Iterator[None]:
    """While it lasts, Django compares models without their words."""
    keys, field, stream = (
        AlterModelOptions.ALTER_OPTION_KEYS,
        models.Field.deconstruct,
        StreamField.deconstruct,
    )
    AlterModelOptions.ALTER_OPTION_KEYS = [key for key in keys if key not in MODEL_WORDS]
    models.Field.deconstruct = _without_words(field)
    StreamField.deconstruct = _without_blocks(stream)
    try:
        yield
    finally:
        AlterModelOptions.ALTER_OPTION_KEYS = keys
        models.Field.deconstruct, StreamField.deconstruct = field, stream


def _without_words(deconstruct):
    def deconstruct_without_words(field):
        name, path, args, kwargs = deconstruct(field)
        return name, path, args, {key: value for key, value in kwargs.items() if key not in WORDS}

    return deconstruct_without_words


def _without_blocks(deconstruct):
    def deconstruct_without_blocks(field):
        name, path, _args, kwargs = deconstruct(field)
        return name, path, [[]], {key: value for key, value in kwargs.items() if key != "block_lookup"}

    return deconstruct_without_blocks
