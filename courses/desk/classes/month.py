"""月历: a month of sessions, with holidays."""

from django.urls import reverse
from django.utils import timezone

from courses.desk.base import DeskPage
from courses.desk.classes.board import a_day
from courses.enums import Right
from courses.forms.timetable import MonthFilters
from courses.models import ClassSession
from courses.services.scheduling.month import month, month_after, month_before, sessions_of_month

# What either database and Python's calendar can still count around.
FIRST_YEAR, LAST_YEAR = 1900, 9000


class MonthPage(DeskPage):
    """A month. ``?on=`` is any day of it, ``?scenario=`` and ``?organisation=`` leave the others out."""

    template_name = "courses/desk/month.html"
    right = Right.SEE_CLASSES
    header_icon = "date"
    page_title = "月历"

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def get_context_data(self, **kwargs):
        on = a_day(self.request.GET.get("on", ""))
        if not FIRST_YEAR < on.year < LAST_YEAR:
            on = timezone.localdate()
        filters = MonthFilters(self.request.GET, user=self.by)
        sessions = filters.applied(sessions_of_month(ClassSession.objects.visible_to(self.by), on))
        weeks = month(sessions, on=on)
        return super().get_context_data(**kwargs) | {
            "weeks": weeks,
            "month": on.replace(day=1),
            "months": {"before": month_before(on).isoformat(), "after": month_after(on).isoformat()},
            "today": timezone.localdate(),
            "kept": {"on": on.replace(day=1).isoformat()},
            "filters": filters,
            "is_filtered": filters.is_used(),
            "is_empty": not any(each.is_inside and each.sessions for week in weeks for each in week),
        }
