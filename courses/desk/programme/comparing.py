"""和别的线比对: what may be one activity that two lines reported, side by side."""

from typing import cast

from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Button, Column, DeskList
from courses.desk.programme.line_list import OtherLineMixin
from courses.desk.programme.programmes import ABOVE, programme_url
from courses.desk.seating import moment_words
from courses.forms.month_filter import MonthFilter
from courses.models import ClassSession
from courses.services.programmes.comparing import Match, has_list, matches, months_of

NO_LIST = "无法比对：还没有导入这条线的名单。"


def _to(match: Match) -> str:
    return reverse("desk:session", args=[match.session.pk])


def _words(session: ClassSession) -> str:
    return f"{session.run.title} 第 {session.number} 次，{session.run.organiser}"


class CompareLine(OtherLineMixin, DeskList):
    """Our sessions and their activities of one day and place, in the month that is asked for."""

    header_icon = "view"
    template_name = "courses/desk/progress/compare_line.html"
    filter_form = MonthFilter
    unit = "对"
    export_name = "line-compare"
    columns = [
        Column("我们的课", lambda match: _words(match.session), url=_to),
        Column("什么时候", lambda match: moment_words(match.session.starts_at)),
        Column("我们的地点", lambda match: match.session.venue.name, is_minor=True),
        Column("我们的人次", lambda match: match.ours, is_number=True),
        Column("对方的活动", lambda match: match.activity.title),
        Column("对方的地点", lambda match: match.activity.place, is_minor=True),
        Column("对方的人次", lambda match: match.activity.attendances, is_number=True),
        Column("哪里一样", lambda match: f"同一天，{match.why}"),
    ]

    def get_page_title(self):
        return f"和“{self.line.name}”比对"

    def get_above(self):
        own = (f"{self.programme.year} 年", programme_url(self.programme))
        return [(ABOVE, reverse("desk:programmes")), own]

    def get_filters(self):
        # Only months that the list tells of: there is nothing to compare with in others.
        return MonthFilter(self.request.GET, user=self.request.user, months=months_of(self.line))

    def get_rows(self):
        self.has_list = has_list(self.line)
        self.empty = self.nothing_found = "这个月没有同一天、同一个地方的。" if self.has_list else NO_LIST
        if not self.has_list:
            return []
        return matches(
            self.line, self.by, month=cast("MonthFilter", self.filters).chosen(), now=timezone.now()
        )

    def get_buttons(self):
        buttons = [Button("导入名单", self.to("line_list"), is_chief=True)]
        if self.has_list:
            buttons.append(Button("清掉导入的名单", self.to("clear_line_list")))
        return buttons

    def get_context_data(self, **kwargs):
        last = self.line.activities.order_by("-imported_at").first()
        return super().get_context_data(**kwargs) | {"last": last, "many": self.line.activities.count()}
