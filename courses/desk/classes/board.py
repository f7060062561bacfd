"""周课表: a week by place, teacher or volunteer; and cancelling a whole day."""

from datetime import date, timedelta
from hashlib import sha256

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from cms.enums import Scenario
from courses.desk.base import DeskPage
from courses.desk.classes.board_drawing import drawn
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.enums import Right
from courses.errors import Refused
from courses.forms.classes import CancelDayForm
from courses.models import ClassSession, Organisation, Room
from courses.services.scheduling.board import DAYS, RowKind, board, monday_of, week_of
from courses.services.scheduling.board_rooms import BoardRooms, rooms_of_week
from courses.services.scheduling.holding import said_of
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
        chosen = list(sessions.filter(main_scenario=scenario) if scenario else sessions)
        week = board(chosen, monday=monday, by=by, rooms=self.rooms(chosen, monday, by, scenario))
        return super().get_context_data(**kwargs) | {
            "board": week,
            # Where only one scenario is shown, an empty cell says nothing about what is free.
            "drawn": drawn(week, shows_free=not scenario, names_rooms=by is RowKind.PLACE),
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

    def rooms(
        self, sessions: list[ClassSession], monday: date, by: RowKind, scenario: str
    ) -> BoardRooms | None:
        """Return the rooms that stand on a board by place, with or without a class."""
        if by is not RowKind.PLACE or scenario:
            return None
        return rooms_of_week(Room.objects.visible_to(self.by), sessions, monday=monday)

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
    """一天全停: a typhoon cancels everything of a day at once. First it shows what would stop, and asks again."""

    template_name = "courses/desk/cancel_day.html"
    page_title = "一天全停"
    right = Right.PLAN_CLASSES
    header_icon = "date"
    form_class = CancelDayForm
    submit_label = "看看会停哪些课"
    question = "台风、暴雨、停电，一天的课一次全取消。每个班都会写上为什么。先看一看会停哪些课，再取消。"
    done = ""

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def form_valid(self, form):
        asked = form.cleaned_data
        self.sessions = self.stopping(asked["on"], asked["organisation"])
        shown = _mark_of(self.sessions)
        if not self.sessions or asked["sure"] == shown:
            return super().form_valid(form)
        # What the second press is sure of is what it was shown: another day, or a class added since, asks again.
        form.data = form.data.copy()
        form.data["sure"] = shown
        runs = len({session.run_id for session in self.sessions})
        self.question = f"会取消 {runs} 个班的 {len(self.sessions)} 次课。现在还没有取消。"
        self.submit_label, self.is_dangerous = f"对，取消这 {len(self.sessions)} 次课", True
        stopping = [said_of(session) for session in self.sessions]
        return self.render_to_response(self.get_context_data(form=form, stopping=stopping))

    def stopping(self, on: date, organisation: Organisation | None) -> list[ClassSession]:
        """Return what is planned on the day, in the chosen organisation and below it."""
        sessions = sessions_of_day(on=on, user=self.by, now=timezone.now())
        if organisation is None:
            return sessions
        branch = set(Organisation.objects.branch(organisation).values_list("pk", flat=True))
        return [session for session in sessions if session.run.organiser_id in branch]

    def save(self, form) -> str:
        asked = form.cleaned_data
        if not self.sessions:
            words = "这一天没有课，或者都已经开始了，不用取消。到了时间没有上的，请打开那次课，按“没有上”。"
            raise Refused("nothing-that-day", words, fields={"on": words})
        cancelled = cancel_sessions(
            sessions=self.sessions, because=asked["because"], by=self.by, now=timezone.now()
        )
        messages.success(self.request, f"取消了 {len(cancelled)} 次课。")
        return f"{reverse('desk:board')}?on={asked['on'].isoformat()}"


def _mark_of(sessions: list[ClassSession]) -> str:
    """Return a short mark of just these sessions at just these times."""
    said = sorted(f"{session.pk} {session.starts_at.isoformat()}" for session in sessions)
    return sha256("\n".join(said).encode()).hexdigest()[:16]
