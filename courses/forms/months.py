"""Which month of which district is closed."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from courses.forms.desk import DeskForm
from courses.models import Area

BACK = 24


class LockMonthForm(DeskForm):
    """A district of one's own, and a month that is over."""

    district = forms.ModelChoiceField(label="哪个区", queryset=Area.objects.none(), empty_label="请选一个")
    month = forms.TypedChoiceField(label="哪个月", coerce=date.fromisoformat)

    def __init__(self, *args: Any, districts: QuerySet[Area], today: date, **kwargs: Any):
        self.districts, self.today = districts, today
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        self.choose("district", self.districts)
        if len(self.districts) == 1:
            self.fields["district"].initial = self.districts[0]
        month = cast("forms.TypedChoiceField", self.fields["month"])
        month.choices = [(first.isoformat(), f"{first.year} 年 {first.month} 月") for first in self._months()]

    def _months(self) -> list[date]:
        """Return the first days of the months that are over, the latest first."""
        first, made = self.today.replace(day=1), []
        for _ in range(BACK):
            first = (first - timedelta(days=1)).replace(day=1)
            made.append(first)
        return made
