"""可能拆成两次的课: a table of pairs; whoever looks decides what they are."""

from typing import cast

from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Column
from courses.desk.progress.lists import ProgressList
from courses.desk.seating import moment_words
from courses.forms.month_filter import MonthFilter
from courses.models import ClassSession
from courses.services.progress.doubled import Doubled, doubled_sessions


def _words(session: ClassSession) -> str:
    return f"{session.run.title} 第 {session.number} 次"


def _to(session: ClassSession) -> str:
    return reverse("desk:session", args=[session.pk])


def _where(pair: Doubled) -> str:
    return f"{pair.first.venue.name} {pair.first.room.name if pair.first.room else ''}".strip()


class DoubledList(ProgressList):
    """Pairs of a month, the oldest first. No names: only how many came."""

    page_title = "可能拆成两次的课"
    template_name = "courses/desk/progress/doubled.html"
    filter_form = MonthFilter
    unit = "对"
    empty = nothing_found = "这个月没有。"
    export_name = "doubled-sessions"
    columns = [
        Column("第一次", lambda pair: _words(pair.first), url=lambda pair: _to(pair.first)),
        Column("什么时候", lambda pair: moment_words(pair.first.starts_at)),
        Column("接着的一次", lambda pair: _words(pair.second), url=lambda pair: _to(pair.second)),
        Column("什么时候", lambda pair: moment_words(pair.second.starts_at)),
        Column("老师", lambda pair: pair.first.teacher.name, is_minor=True),
        Column("在哪里", _where, is_minor=True),
        Column("第一次来了", lambda pair: pair.came_first, is_number=True),
        Column("接着的来了", lambda pair: pair.came_second, is_number=True),
        Column("两次都来的", lambda pair: f"{pair.came_to_both}（{pair.percent}%）", is_number=True),
    ]

    def get_rows(self):
        month = cast("MonthFilter", self.filters).chosen()
        return doubled_sessions(self.acting, self.by, month=month, now=timezone.now())
