"""课次: one session, and moving, cancelling, making up for it, or giving it to another teacher."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin, who_words
from courses.desk.classes.offering import TAKE, Offer, offers_for, over_words, with_taken
from courses.desk.classes.runs import run_url
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right, SessionChangeKind, SessionState
from courses.forms.classes import MakeUpForm, MoveForm, ReasonForm, TeacherForm, moment_of
from courses.models import ClassSession, SessionChange
from courses.rules.calendar import day
from courses.rules.places import place_words
from courses.services.roll_call.marking import may_call
from courses.services.scheduling.holding import said_of
from courses.services.scheduling.open_places import outside_hours_of
from courses.services.scheduling.plans import Clashing, plan_of
from courses.services.scheduling.sessions import (
    cancel_sessions,
    change_teacher,
    make_up,
    move_session,
    restore_session,
    say_not_held,
)


def session_url(session: ClassSession) -> str:
    """Return where a session is shown."""
    return reverse("desk:session", args=[session.pk])


def when_of(session: ClassSession) -> str:
    """Return when a session is, in words."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return f"{date_format(starts, 'n月j日 l')} {starts:%H:%M}–{ends:%H:%M}"


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
            _link("补哪一次", one.make_up_of),
            _link("补课", self.made_up),
            Fact("主要场景", one.get_main_scenario_display()),
            Fact("讲哪几课", "、".join(lesson.title for lesson in one.lessons.all())),
            Fact("授课教师", str(one.teacher or "还没有老师")),
            Fact("助教志愿者", "、".join(helper.name for helper in one.helpers.all())),
            Fact("形式", one.get_mode_display()),
        ]

    @cached_property
    def made_up(self) -> ClassSession | None:
        """The session that makes up for this one."""
        rows = self.session.make_ups.planned().select_related("run", "venue", "room")
        return rows.first() if self.session.is_cancelled else None

    def get_parts(self):
        changes = list(self.session.changes.select_related("by"))
        lines = [(_happened(self.session, each, changes), "", _small(each)) for each in changes]
        return [Part("变动", lines=lines, empty="没有变动过。")]

    def get_buttons(self):
        roll = [Button("点名", self._to("roll"), is_chief=True), Button("打印签到表", self._to("roll_sheet"))]
        is_held = self.session.state == SessionState.PLANNED
        is_theirs = self.may(Right.SEE_EVIDENCE) and may_call(self.session, by=self.by)
        calls = is_held and is_theirs and self.may(Right.CALL_ROLL)
        photos = [Button("签到表照片", self._to("roll_photos"))]
        return [*(roll if calls else []), *(photos if is_theirs else []), *self._planning()]

    def _planning(self) -> list[Button]:
        if not self.may(Right.PLAN_CLASSES):
            return []
        if self.session.is_cancelled:
            if self.made_up or self.session.run.cancelled_at:
                return []
            again = Button("恢复这次课", self._to("restore_session"))
            return [Button("安排补课", self._to("make_up"), is_chief=True), again]
        if self.session.state == SessionState.NOT_HELD:
            return [Button("其实上了，恢复", self._to("restore_session"))]
        is_over = self.session.ends_at <= timezone.now()
        return [
            Button("改时间、地点", self._to("move_session")),
            Button("换老师", self._to("change_teacher")),
            Button("没有上", self._to("session_not_held"))
            if is_over
            else Button("取消这次课", self._to("cancel_session")),
        ]

    def _to(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.session.pk])


def _link(label: str, session: ClassSession | None) -> Fact:
    words = f"第 {session.number} 次，{when_of(session)}" if session else ""
    return Fact(label, words, url=session_url(session) if session else "")


def _happened(session: ClassSession, change: SessionChange, changes: list[SessionChange]) -> str:
    """Return what a change was, from what to what: what the next one of its kind found, or what is so now."""
    what = change.get_kind_display()
    now: dict[str, str] = {
        SessionChangeKind.MOVED: said_of(session),
        SessionChangeKind.TEACHER: str(session.teacher or ""),
    }
    if change.kind not in now:
        return what
    later = changes[changes.index(change) + 1 :]
    after = next((each.before for each in later if each.kind == change.kind), now[change.kind])
    name = f"{session.run}，"
    before, after = (each.removeprefix(name) or "还没有" for each in (change.before, after))
    return f"{what}：{before} → {after}"


def _small(change: SessionChange) -> str:
    return " · ".join(
        filter(
            None, [f"{timezone.localtime(change.at):%Y-%m-%d %H:%M}", who_words(change.by), change.because]
        )
    )


class SessionFormView(SessionMixin, DeskFormView):
    """A form about one session; what it is now stands on top."""

    right = Right.PLAN_CLASSES

    def get_above(self):
        return [*super().get_above(), (f"第 {self.session.number} 次课", session_url(self.session))]

    def get_now(self) -> str:
        """Return what it is now, to be changed."""
        one = self.session
        helpers = "、".join(helper.name for helper in one.helpers.all())
        place = place_words(one.venue, one.room)
        seated = one.run.enrolments.seated().count()
        learners = f"学员 {seated} 位" if seated else ""
        return "，".join(
            filter(None, [when_of(one), place, learners, str(one.teacher or "还没有老师"), helpers])
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"now": self.get_now()}


class MoveSession(SessionFormView):
    """改时间、地点."""

    page_title = "改时间、地点"
    form_class: type[MoveForm] = MoveForm
    submit_label = "改"
    done = "改好了。"
    # What could be had instead of what was asked for.
    offers: list[Offer] = []
    offered = ("room", "on", "starts", "ends")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"session": self.session}

    def get_initial(self) -> dict[str, Any]:
        one = self.session
        starts, ends = (timezone.localtime(each) for each in (one.starts_at, one.ends_at))
        hours = {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}
        return hours | {"room": one.room_id, "helpers": list(one.helpers.all())}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"offers": self.offers}

    def post(self, request, *args, **kwargs):
        if TAKE not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.form_class(**self.get_form_kwargs() | {"data": None, "files": None})
        form.fill_in(with_taken(request.POST, self.offered))
        return self.render_to_response(self.get_context_data(form=form, is_taken=True))

    def save(self, form) -> str:
        to = times_of(form.cleaned_data) | form.place()
        try:
            saved = self.hold(to, form)
        except Clashing:
            wanted = replace(plan_of(self.session), **to)
            self.offers = offers_for(wanted, user=self.by, besides=[self.session.pk])
            raise
        if words := over_words([form.cleaned_data["on"]]):
            messages.warning(self.request, words)
        for words in outside_hours_of([plan_of(saved)]):
            messages.warning(self.request, words)
        return session_url(saved)

    def hold(self, to: dict[str, Any], form) -> ClassSession:
        """Do it by a service; ``to`` are fields of a plan."""
        return move_session(session=self.session, because=form.cleaned_data["because"], by=self.by, **to)


class MakeUp(MoveSession):
    """安排补课: another day for what was cancelled; in the same room, by the same people, unless others are chosen."""

    form_class = MakeUpForm
    submit_label = "安排"
    done = "补课排好了。"

    def get_page_title(self):
        return f"补第 {self.session.number} 次"

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"on": None}

    def hold(self, to: dict[str, Any], form) -> ClassSession:
        return make_up(session=self.session, plan=replace(plan_of(self.session), **to), by=self.by)


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
        cancel_sessions(
            sessions=[self.session], because=form.cleaned_data["because"], by=self.by, now=timezone.now()
        )
        return session_url(self.session)


class SayNotHeld(SessionFormView):
    """没有上: it was not cancelled, and nobody taught. It counts nothing."""

    page_title = "这次课没有上"
    form_class = ReasonForm
    submit_label = "记下没有上"
    is_dangerous = True
    question = "没有上的课算 0 人次。点过的名还留着。其实上了的，以后可以恢复。"
    done = "记下了：没有上。"

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        say_not_held(session=self.session, because=because, by=self.by, now=timezone.now())
        return session_url(self.session)


class RestoreSession(SessionFormView):
    """恢复这次课: it was cancelled by mistake, or what stood in the way is gone."""

    page_title = "恢复这次课"
    form_class = ReasonForm
    submit_label = "恢复"
    done = "恢复了，还在原来的时间、原来的地方。"

    def get_now(self) -> str:
        return (
            f"{when_of(self.session)}，{self.session.get_state_display()}：{self.session.cancelled_because}"
        )

    def save(self, form) -> str:
        restore_session(session=self.session, because=form.cleaned_data["because"], by=self.by)
        return session_url(self.session)


class ChangeTeacher(SessionFormView):
    """换老师."""

    page_title = "换老师"
    form_class = TeacherForm
    submit_label = "换"
    done = "换好了。"

    def get_now(self) -> str:
        return f"{self.session.teacher or '还没有老师'}，{when_of(self.session)}"

    def save(self, form) -> str:
        asked, sessions = form.cleaned_data, [self.session]
        if asked["rest"]:
            later = self.session.run.sessions.planned().filter(starts_at__gte=self.session.starts_at)
            sessions = list(later.select_related("run__organiser", "venue", "room", "teacher"))
        change_teacher(sessions=sessions, teacher=asked["teacher"], because=asked["because"], by=self.by)
        return session_url(self.session)
