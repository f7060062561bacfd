"""Which month of which district is to be closed."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from courses.forms.desk import DeskForm
from courses.models import Area

BACK = 24
NOT_OPEN = "这个月已经锁定了，或者还没有过完。请选别的月。"


def in_words(month: date) -> str:
    """Return a month as it is read: 2026 年 10 月."""
    return f"{month.year} 年 {month.month} 月"


class LockMonthForm(DeskForm):
    """A district of one's own, and a month that is over and open: ``closed`` are (district's id, first day)."""

    district = forms.ModelChoiceField(label="哪个区", queryset=Area.objects.none(), empty_label="请选一个")
    month = forms.TypedChoiceField(
        label="哪个月", coerce=date.fromisoformat, error_messages={"invalid_choice": NOT_OPEN}
    )

    def __init__(
        self, *args: Any, districts: QuerySet[Area], closed: set[tuple[int, date]], today: date, **kwargs: Any
    ):
        self.districts, self.closed, self.today = districts, closed, today
        super().__init__(*args, **kwargs)

    def limit_choices(self) -> None:
        self.choose("district", self.districts)
        if len(self.districts) == 1:
            self.fields["district"].initial = self.districts[0]
        month = cast("forms.TypedChoiceField", self.fields["month"])
        month.choices = [(first.isoformat(), in_words(first)) for first in self._months()]

    def clean(self):
        asked = super().clean()
        district, month = asked.get("district"), asked.get("month")
        if district and month and (district.pk, month) in self.closed:
            self.add_error("month", f"{district.name}的{in_words(month)}已经锁定了。请选别的月。")
        return asked

    def _months(self) -> list[date]:
        """Return the first days of the months that are over and open somewhere, the latest first."""
        first, made = self.today.replace(day=1), []
        for _ in range(BACK):
            first = (first - timedelta(days=1)).replace(day=1)
            if any((district.pk, first) not in self.closed for district in self.districts):
                made.append(first)
        return made
