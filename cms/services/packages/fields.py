"""A page's fields as plain values and back, by the kind of field."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from cms.blocks.plain import refuse_control_characters
from cms.enums import Scenario
from cms.models import ScenarioPage
from cms.models.pages import plain_address
from cms.services.packages import block_values, words
from cms.services.packages.block_values import Names, WrongShape

# What the smallest of our databases' number columns holds.
LARGEST_SMALL = 32_767


def page_to_plain(page, names: Names) -> dict[str, Any]:
    """Return the fields a package carries of this page, in order; empty ones are left out."""
    values = {name: _read(page, page._meta.get_field(name), names) for name in page.package_fields}
    return {name: value for name, value in values.items() if value not in block_values.EMPTY}


def fill_page(page, plain: dict[str, Any], names: Names) -> list[tuple[tuple, str]]:
    """Put plain values into the page's fields, absent ones as empty; return (path, reason) of what does not fit."""
    wrong: list[tuple[tuple, str]] = [
        ((name,), f"没有“{name}”这一项。") for name in plain if name not in page.package_fields
    ]
    for name in page.package_fields:
        try:
            _write(page, page._meta.get_field(name), plain.get(name), names)
        except WrongShape as shape:
            wrong += shape.found
    return wrong


def _read(page, field, names: Names) -> Any:
    if isinstance(field, StreamField):
        return block_values.to_plain(field.stream_block, getattr(page, field.name).get_prep_value(), names)
    if isinstance(field, ClusterTaggableManager):
        return sorted(tag.name for tag in getattr(page, field.name).all())
    if isinstance(field, ParentalManyToManyField):
        chosen = [Scenario(row.scenario) for row in getattr(page, field.name).all()]
        return [scenario.value for scenario in sorted(chosen, key=lambda one: one.position)]
    value = getattr(page, field.name)
    return words.tidy(value) if isinstance(value, str) else value


def _write(page, field, plain: Any, names: Names) -> None:
    if isinstance(field, StreamField):
        setattr(page, field.name, _stream(field, plain, names))
    elif isinstance(field, ClusterTaggableManager):
        getattr(page, field.name).set(_tags(field, plain))
    elif isinstance(field, ParentalManyToManyField):
        setattr(page, field.name, _scenario_pages(field, plain))
    else:
        setattr(page, field.name, _simple(field, plain))


def _stream(field, plain, names):
    raw = block_values.from_plain(field.stream_block, plain, names, (field.name,))
    value = field.stream_block.to_python(raw)
    try:
        return field.stream_block.clean(value)
    except ValidationError as error:
        found = list(block_values.problems_in(error, field.stream_block, raw, (field.name,)))
        raise WrongShape(found=found) from None


def _word_list(field, plain) -> list[str]:
    found = plain or []
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise WrongShape((field.name,), "这里要写成一条一条的文字。像数字、日期、yes 这样的，请加上引号。")
    return [words.tidy(word) for word in found]


def _tags(field, plain) -> list[str]:
    limit = field.related_model._meta.get_field("name").max_length
    tags = _word_list(field, plain)
    for place, tag in enumerate(tags):
        if reason := words.too_long(tag, limit):
            raise WrongShape((field.name, place), reason)
    return [tag for tag in tags if tag]


def _scenario_pages(field, plain) -> list[ScenarioPage]:
    wanted = _word_list(field, plain)
    for place, slug in enumerate(wanted):
        if slug not in Scenario.values:
            raise WrongShape(
                (field.name, place), f"没有“{slug}”这个场景，可以用：{'、'.join(Scenario.values)}。"
            )
    return list(ScenarioPage.objects.filter(scenario__in=wanted))


def _simple(field, plain):
    expected, reason = _expected(field)
    # Python takes True for a whole number and a moment for a date; here they are mistakes.
    if plain is not None and type(plain) is not expected:
        raise WrongShape((field.name,), reason)
    value = field.get_default() if plain is None else plain
    value = words.tidy(value) if isinstance(value, str) else value
    if misfit := _misfit(field, value):
        raise WrongShape((field.name,), misfit)
    return value


def _misfit(field, value) -> str | None:
    """Return why a value of the right type does not fit: what models leave to forms or to the database."""
    if (
        field.choices
        and value not in dict(field.choices)
        and not (field.blank and value in field.empty_values)
    ):
        return f"这里只能写其中一个：{'、'.join(dict(field.choices))}。"
    if isinstance(value, str):
        return words.too_long(value, field.max_length) or _unfit_words(field, value)
    if (
        isinstance(field, models.PositiveSmallIntegerField)
        and value is not None
        and not 0 <= value <= LARGEST_SMALL
    ):
        return f"数字要在 0 到 {LARGEST_SMALL} 之间。"
    return None


def _unfit_words(field, value: str) -> str | None:
    """Return why these words do not fit what an editor could have typed into the form."""
    if "\n" in value and not isinstance(field, models.TextField):
        return "这里只写一行。"
    try:
        refuse_control_characters(value)
        if field.name == "slug" and value:
            plain_address(value)
    except ValidationError as error:
        return error.messages[0]
    return None


def _expected(field) -> tuple[type, str]:
    if isinstance(field, models.BooleanField):
        return bool, "这里要写 true 或 false。"
    if isinstance(field, models.IntegerField):
        return int, "这里要写整数。"
    if isinstance(field, models.DateField):
        return datetime.date, "这里要写日期，比如 2026-05-01。"
    return str, words.EXPECTED
