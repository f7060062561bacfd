"""课次: one session, and moving, cancelling, making up for it, or giving it to another teacher."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin
from courses.desk.classes.runs import run_url
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.forms.classes import MoveForm, ReasonForm, TeacherForm, moment_of
from courses.models import ClassSession
from courses.rules.calendar import day
from courses.services.scheduling.holding import said_of
from courses.services.scheduling.plans import plan_of
from courses.services.scheduling.sessions import cancel_sessions, change_teacher, make_up, move_session


def session_url(session: ClassSession) -> str:
    """Return where a session is shown."""
    return reverse("desk:session", args=[session.pk])


def times_of(asked: dict[str, Any]) -> dict[str, Any]:
    """Return a form's day and hours as the moments of a plan."""
    return {
        "starts_at": moment_of(asked["on"], asked["starts"]),
        "ends_at": moment_of(asked["on"], asked["ends"]),
    }


class SessionMixin(DeskMixin):
    """A session out of the address; 404 when it lies in another branch."""

    header_icon = "date"

    @cached_property
    def session(self) -> ClassSession:
        """The session with what is shown of it."""
        rows = ClassSession.objects.select_related("run__organiser", "venue", "room", "teacher", "make_up_of")
        return self.visible(rows, self.kwargs["pk"])

    def get_above(self):
        return [("班级", reverse("desk:runs")), (str(self.session.run), run_url(self.session.run))]


class SessionPage(SessionMixin, DeskShow):
    """What is known of a session, and everything that happened to it."""

    right = Right.SEE_CLASSES

    def get_page_title(self):
        return f"第 {self.session.number} 次课"

    def get_facts(self):
        one = self.session
        return [
            Fact("什么时候", said_of(one)),
            Fact("要留意", day(one.on).words),
            Fact("状态", one.get_state_display()),
            Fact("为什么取消", one.cancelled_because),
            Fact("补哪一次", f"第 {one.make_up_of.number} 次" if one.make_up_of else ""),
            Fact("主要场景", one.get_main_scenario_display()),
            Fact("讲哪几课", "、".join(lesson.title for lesson in one.lessons.all())),
            Fact("授课教师", str(one.teacher or "还没有老师")),
            Fact("助教志愿者", "、".join(helper.name for helper in one.helpers.all())),
            Fact("形式", one.get_mode_display()),
        ]

    def get_parts(self):
        changes = self.session.changes.select_related("by")
        lines = [
            (
                change.get_kind_display(),
                "",
                f"{timezone.localtime(change.at):%Y-%m-%d %H:%M} · {change.because}",
            )
            for change in changes
        ]
        return [Part("变动", lines=lines, empty="没有变动过。")]

    def get_buttons(self):
        if not self.may(Right.PLAN_CLASSES):
            return []
        if self.session.is_cancelled:
            return [Button("安排补课", self._to("make_up"), is_chief=True)]
        return [
            Button("改时间", self._to("move_session")),
            Button("换老师", self._to("change_teacher")),
            Button("取消这次课", self._to("cancel_session")),
        ]

    def _to(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.session.pk])


class SessionFormView(SessionMixin, DeskFormView):
    """A form about one session."""

    right = Right.PLAN_CLASSES

    def get_above(self):
        return [*super().get_above(), (f"第 {self.session.number} 次课", session_url(self.session))]


class MoveSession(SessionFormView):
    """改时间."""

    page_title = "改时间"
    form_class = MoveForm
    submit_label = "改"
    done = "改好了。"

    def get_initial(self) -> dict[str, Any]:
        starts, ends = (timezone.localtime(each) for each in (self.session.starts_at, self.session.ends_at))
        return {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}

    def save(self, form) -> str:
        asked = form.cleaned_data
        times = times_of(asked)
        move_session(session=self.session, because=asked["because"], by=self.by, **times)
        return session_url(self.session)


class MakeUp(MoveSession):
    """安排补课: another day for what was cancelled, in the same room, by the same people."""

    page_title = "安排补课"
    submit_label = "安排"
    done = "补课排好了。"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        # Why is known: the session was cancelled.
        del form.fields["because"]
        return form

    def save(self, form) -> str:
        asked = form.cleaned_data
        plan = replace(plan_of(self.session), **times_of(asked))
        added = make_up(session=self.session, plan=plan, by=self.by)
        return session_url(added)


class CancelSession(SessionFormView):
    """取消这次课."""

    page_title = "取消这次课"
    form_class = ReasonForm
    submit_label = "取消这次课"
    is_dangerous = True
    done = "这次课取消了。要补，按“安排补课”。"

    def save(self, form) -> str:
        if self.session.is_cancelled:
            raise Http404
        cancel_sessions(sessions=[self.session], because=form.cleaned_data["because"], by=self.by)
        return session_url(self.session)


class ChangeTeacher(SessionFormView):
    """换老师."""

    page_title = "换老师"
    form_class = TeacherForm
    submit_label = "换"
    done = "换好了。"

    def save(self, form) -> str:
        asked, sessions = form.cleaned_data, [self.session]
        if asked["rest"]:
            later = self.session.run.sessions.planned().filter(starts_at__gte=self.session.starts_at)
            sessions = list(later.select_related("run__organiser", "venue", "room", "teacher"))
        change_teacher(sessions=sessions, teacher=asked["teacher"], because=asked["because"], by=self.by)
        return session_url(self.session)
