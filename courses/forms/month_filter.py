"""Which month a table of the boards shows."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from courses.forms.desk import FilterForm
from courses.forms.months import in_words

BACK = 24


def month_choices(today: date) -> list[tuple[str, str]]:
    """Return this month and those before it, as an address says them and in words."""
    first, made = today.replace(day=1), []
    for _ in range(BACK + 1):
        made.append((f"{first:%Y-%m}", in_words(first)))
        first = (first - timedelta(days=1)).replace(day=1)
    return made


class MonthFilter(FilterForm):
    """A month; none, or what is none, is this one."""

    q = None
    month = forms.ChoiceField(
        label="哪个月", required=False, choices=lambda: month_choices(timezone.localdate())
    )

    def chosen(self) -> date:
        """Return the first day of the month that is shown."""
        month = self.cleaned_data.get("month") if self.is_valid() else ""
        return date.fromisoformat(f"{month}-01") if month else timezone.localdate().replace(day=1)

    def by_month(self, rows, month):
        """The rows are asked for by month."""
        return rows
