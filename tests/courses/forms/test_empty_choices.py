"""A choice that is not made yet says so in words, not in dashes."""

import importlib
import pkgutil

import pytest
from django import forms as django_forms
from django.db.models.fields import BLANK_CHOICE_DASH

from courses import forms

DASHES = BLANK_CHOICE_DASH[0][1]
# The three steps of a new class are mended with their own screens.
ELSEWHERE = {"new_run", "classes"}
NAMES = [module.name for module in pkgutil.iter_modules(forms.__path__) if module.name not in ELSEWHERE]


def fields_of(name: str):
    module = importlib.import_module(f"courses.forms.{name}")
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, django_forms.BaseForm):
            yield from ((each.__name__, *field) for field in each.base_fields.items())


@pytest.mark.parametrize("name", NAMES)
def test_no_form_shows_dashes(name):
    dashed = [
        (form, label)
        for form, label, field in fields_of(name)
        if isinstance(field, django_forms.ModelChoiceField) and field.empty_label == DASHES
    ]
    assert dashed == []
