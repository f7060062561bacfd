"""Which month a table of the boards shows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from django import forms
from django.utils import timezone

from courses.forms.desk import FilterForm
from courses.forms.months import in_words

BACK = 24


def months_back(today: date) -> list[date]:
    """Return the first days of this month and of those before it."""
    made = [today.replace(day=1)]
    for _ in range(BACK):
        made.append((made[-1] - timedelta(days=1)).replace(day=1))
    return made


class MonthFilter(FilterForm):
    """One of ``months`` (first days, the latest first), without any the last two years'. None asked for: the latest."""

    q = None
    month = forms.ChoiceField(label="哪个月", required=False)

    def __init__(self, *args, months: Sequence[date] = (), **kwargs):
        self.months = list(months) or months_back(timezone.localdate())
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        choices = [(f"{first:%Y-%m}", in_words(first)) for first in self.months]
        cast("forms.ChoiceField", self.fields["month"]).choices = choices

    def chosen(self) -> date:
        """Return the first day of the month that is shown."""
        month = self.cleaned_data.get("month") if self.is_valid() else ""
        return date.fromisoformat(f"{month}-01") if month else self.months[0]

    def by_month(self, rows, month):
        """The rows are asked for by month."""
        return rows
