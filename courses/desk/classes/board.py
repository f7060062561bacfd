"""周课表: a week by place, teacher or volunteer; and cancelling a whole day."""

from datetime import date, timedelta

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from cms.enums import Scenario
from courses.desk.base import DeskPage
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.enums import Right
from courses.errors import Refused
from courses.forms.classes import CancelDayForm
from courses.models import ClassSession, Organisation
from courses.services.scheduling.board import DAYS, RowKind, board, monday_of, week_of
from courses.services.scheduling.sessions import cancel_sessions, sessions_of_day

WEEK = timedelta(days=DAYS)
KINDS = {RowKind.PLACE: "地点", RowKind.TEACHER: "老师", RowKind.VOLUNTEER: "志愿者"}


def a_day(written: str) -> date:
    """Return the day in an address; today for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return timezone.localdate()


class BoardPage(DeskPage):
    """A week on one board. ``?on=`` is any day of it, ``?by=`` what the rows are, ``?scenario=`` one of the ten."""

    template_name = "courses/desk/board.html"
    right = Right.SEE_CLASSES
    header_icon = "date"
    page_title = "周课表"

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        monday = monday_of(a_day(asked.get("on", "")))
        by = RowKind(asked["by"]) if asked.get("by") in KINDS else RowKind.PLACE
        scenario = asked["scenario"] if asked.get("scenario") in Scenario.values else ""
        sessions = week_of(ClassSession.objects.visible_to(self.by), monday)
        chosen = sessions.filter(main_scenario=scenario) if scenario else sessions
        return super().get_context_data(**kwargs) | {
            "board": board(chosen, monday=monday, by=by),
            "monday": monday,
            "sunday": monday + WEEK - timedelta(days=1),
            "today": timezone.localdate(),
            "weeks": {"before": (monday - WEEK).isoformat(), "after": (monday + WEEK).isoformat()},
            "kinds": [(kind.value, label, kind is by) for kind, label in KINDS.items()],
            "heading": KINDS[by],
            "scenarios": Scenario.choices,
            "scenario": scenario,
            "may_plan": self.may(Right.PLAN_CLASSES),
            "buttons": self.get_buttons(monday, by),
        }

    def get_buttons(self, monday: date, by: RowKind) -> list[Button]:
        """Return what is done from here."""
        on = monday.isoformat()
        looking = [
            Button("月历", f"{reverse('desk:month')}?on={on}"),
            Button("打印这一周", f"{reverse('desk:timetable')}?on={on}&by={by.value}"),
        ]
        if not self.may(Right.PLAN_CLASSES):
            return looking
        return [Button("开一个班", reverse("desk:new_run"), is_chief=True), *looking]


class CancelDay(DeskFormView):
    """一天全停: a typhoon cancels everything of a day at once."""

    page_title = "一天全停"
    right = Right.PLAN_CLASSES
    header_icon = "date"
    form_class = CancelDayForm
    submit_label = "这一天的课全取消"
    is_dangerous = True
    question = "台风、暴雨、停电，一天的课一次全取消。每个班都会写上为什么。"
    done = ""

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def save(self, form) -> str:
        asked = form.cleaned_data
        sessions = sessions_of_day(on=asked["on"], user=self.by)
        if chosen := asked["organisation"]:
            branch = set(Organisation.objects.branch(chosen).values_list("pk", flat=True))
            sessions = [session for session in sessions if session.run.organiser_id in branch]
        if not sessions:
            raise Refused("nothing-that-day", "这一天没有课，不用取消。", fields={"on": "这一天没有课。"})
        cancelled = cancel_sessions(sessions=sessions, because=asked["because"], by=self.by)
        messages.success(self.request, f"取消了 {len(cancelled)} 次课。")
        return f"{reverse('desk:board')}?on={asked['on'].isoformat()}"
