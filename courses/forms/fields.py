"""Form fields that several screens of the desk share."""

from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from courses.models import Area


class ByDistrict(ModelChoiceIterator):
    """The choices in groups, a district each."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        for district, areas in groupby(self.queryset, key=lambda area: area.parent.name):
            yield (district, [self.choice(area) for area in areas])


class AreaField(forms.ModelChoiceField):
    """A street or town, under its district."""

    iterator = ByDistrict

    def __init__(self, *, required: bool = False, label: str = "街镇", **kwargs: Any):
        areas = Area.objects.townships().select_related("parent").order_by("parent__code", "code")
        super().__init__(queryset=areas, required=required, label=label, empty_label="没有选", **kwargs)
