"""班级: the list, one class with its sessions, and what can be decided about it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button, Column, DeskList
from courses.desk.seating import seats_words, taken_words, waiting_words
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.errors import Refused
from courses.forms.classes import CopyForm, EditRunForm, ReasonForm, RunFilters
from courses.forms.desk import DeskForm
from courses.models import ClassSession, CourseRun
from courses.rules.places import place_words
from courses.rules.seats import Seats
from courses.services.roll_paper.signing import may_print
from courses.services.scheduling.copying import copy_runs
from courses.services.scheduling.runs import cancel_run, change_run, publish_run
from courses.services.seats import states_of


def run_url(run: CourseRun) -> str:
    """Return where a class is shown."""
    return reverse("desk:run", args=[run.pk])


def dates_of(run: CourseRun) -> str:
    """Return from when to when it is held; "" without sessions."""
    if run.first_at is None:  # type: ignore[attr-defined]
        return ""
    first, last = (timezone.localtime(each) for each in (run.first_at, run.last_until))  # type: ignore[attr-defined]
    days = [date_format(each, "Y年n月j日") for each in (first, last)]
    return days[0] if first.date() == last.date() else f"{days[0]} 到 {days[1]}"


class RunList(DeskList):
    """Every class of the branch."""

    page_title = "班级"
    right = Right.SEE_CLASSES
    header_icon = "date"
    filter_form = RunFilters
    unit = "个班"
    empty = "还没有班级。按“开一个班”，两分钟就能排好一学期。"
    export_name = "classes"
    columns = [
        Column("编号", lambda run: run.code, url=run_url),
        Column("名称", lambda run: run.title),
        Column("状态", lambda run: run.stands[0].label),
        Column("学员", lambda run: taken_words(run.stands[1]), is_number=True),
        Column("从哪天到哪天", dates_of),
        Column("地点", lambda run: place_words(run.venue, run.room), is_minor=True),
        Column("主办", lambda run: str(run.organiser), is_minor=True),
    ]

    def get_rows(self):
        visible = CourseRun.objects.visible_to(self.by).with_dates()
        return visible.select_related("venue", "room", "organiser", "term").order_by("-code")

    def prepared(self, rows: Iterable[Any]) -> list[Any]:
        """State and seats of all of them, in three queries."""
        ready = list(rows)
        stand = states_of(ready, now=timezone.now())
        for run in ready:
            run.stands = stand[run.pk]
        return ready

    def get_buttons(self):
        looking = [
            Button("周课表", reverse("desk:board")),
            Button("月历", reverse("desk:month")),
            Button("打印课表", reverse("desk:timetable")),
            Button("日历链接", reverse("desk:feeds")),
        ]
        if not self.may(Right.PLAN_CLASSES):
            return looking
        return [
            Button("开一个班", reverse("desk:new_run"), is_chief=True),
            *looking,
            Button("从 Excel 导入", reverse("desk:plan_import")),
            Button("一天全停", reverse("desk:cancel_day")),
        ]


class RunMixin(DeskMixin):
    """A class out of the address; 404 when it lies in another branch."""

    header_icon = "date"

    @cached_property
    def run(self) -> CourseRun:
        """The class, with its dates."""
        rows = CourseRun.objects.with_dates().select_related("organiser", "venue", "room", "term", "module")
        return self.visible(rows, self.kwargs["pk"])

    @property
    def may_enrol(self) -> bool:
        """True when who is there may enrol people, and the class takes any."""
        return self.may(Right.ENROL) and self.run.takes_enrolments


class RunPage(RunMixin, DeskShow):
    """A class: what is known, its sessions, and what can be done."""

    right = Right.SEE_CLASSES

    def get_page_title(self):
        return f"{self.run.code} {self.run.title}"

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    @cached_property
    def sessions(self) -> list[ClassSession]:
        """Its sessions with those who stand before the class."""
        rows = self.run.sessions.select_related("venue", "room", "teacher")
        return list(rows.prefetch_related("helpers"))

    def get_facts(self):
        run = self.run
        state, seats = states_of([run], now=timezone.now())[run.pk]
        limit = seats.limit
        return [
            Fact("状态", state.label),
            Fact("学员", seats_words(seats)),
            Fact("候补", waiting_words(seats)),
            Fact("为什么取消", run.cancelled_because),
            Fact("主办", run.organiser.name),
            Fact("课程模块", run.module.title if run.module else ""),
            Fact("形式", run.get_mode_display()),
            Fact("学期", str(run.term or "")),
            Fact("日子", dates_of(run)),
            Fact("地点", place_words(run.venue, run.room, otherwise="")),
            Fact("线上的链接", run.link),
            Fact("最多几位学员", f"{limit.most} 位（{limit.reason}）" if limit else "不限"),
            Fact("老师和助教", _staff(self.sessions, seats)),
            Fact("最少几位才开", f"{run.minimum} 位" if run.minimum else ""),
            Fact("学费", f"{run.fee} 元" if run.fee else "不要钱"),
            Fact("报名", _enrolment(run)),
            Fact("上课说", run.get_tongue_display()),
            Fact("谁可以来", run.audience),
            Fact("带什么", run.bring),
            Fact("联系人", f"{run.contact_name} {run.contact_phone}".strip()),
        ]

    def get_parts(self):
        lines = [(_line(row), reverse("desk:session", args=[row.pk]), _small(row)) for row in self.sessions]
        return [Part("课次", lines=lines, empty="一次课也没有。")]

    def enrolling(self) -> list[Button]:
        """Return the ways to who is in the class, for those who may see learners."""
        roster = [Button("报名名单", self._to("run_enrolments"))] if self.may(Right.SEE_LEARNERS) else []
        return (
            [Button("报名", self._to("enrol_person"), is_chief=True), *roster] if self.may_enrol else roster
        )

    def on_paper(self) -> list[Button]:
        """Return what is printed about everybody in the class, for those who call its rolls."""
        if not self.may(Right.CALL_ROLL) or not may_print(self.run, by=self.by):
            return []
        return [Button("签到总表", self._to("roll_matrix")), Button("号码牌", self._to("number_cards"))]

    def get_buttons(self):
        if self.run.cancelled_at:
            return self.enrolling()
        poster = Button("海报", self._to("run_poster"))
        if not self.may(Right.PLAN_CLASSES):
            return [*self.enrolling(), *self.on_paper(), poster]
        buttons = (
            self.enrolling()
            if self.run.published_at
            else [Button("公布", self._to("publish_run"), is_chief=True)]
        )
        return [
            *buttons,
            *self.on_paper(),
            Button("改资料", self._to("edit_run")),
            poster,
            Button("复制到别的学期", self._to("copy_run")),
            Button("取消这个班", self._to("cancel_run")),
        ]

    def _to(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.run.pk])


def _staff(sessions: list[ClassSession], seats: Seats) -> str:
    """Return how many stand before the class where most do; they are counted apart from learners."""
    held = [each for each in sessions if not each.is_cancelled]
    most = max((bool(each.teacher_id) + len(each.helpers.all()) for each in held), default=0)
    if not most:
        return ""
    now = f"，和学员 {seats.taken} 位一起，总到场 {seats.taken + most} 位" if seats.taken else ""
    together = f"，学员坐满时总到场 {seats.limit.most + most} 位" if seats.limit else ""
    return f"一次最多 {most} 位{now}{together}"


def _enrolment(run: CourseRun) -> str:
    ends = [(run.returning_from, "起老学员先报"), (run.enrol_from, "起"), (run.enrol_until, "止")]
    return "，".join(f"{timezone.localtime(at):%Y-%m-%d %H:%M} {word}" for at, word in ends if at)


def _line(session) -> str:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    when = f"第 {session.number} 次 {date_format(starts, 'n月j日 l')} {starts:%H:%M}–{ends:%H:%M}"
    return f"{when} 取消了" if session.is_cancelled else when


def _small(session) -> str:
    if session.is_cancelled:
        return session.cancelled_because
    helpers = "、".join(helper.name for helper in session.helpers.all())
    place = place_words(session.venue, session.room)
    return " · ".join(filter(None, [str(session.teacher or "还没有老师"), helpers, place]))


class RunFormView(RunMixin, DeskFormView):
    """A form about one class."""

    right = Right.PLAN_CLASSES

    def get_above(self):
        return [("班级", reverse("desk:runs")), (str(self.run), run_url(self.run))]


class EditRun(RunFormView):
    """改资料."""

    page_title = "改资料"
    form_class = EditRunForm
    done = "改好了。"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"run": self.run}

    def get_initial(self):
        return {name: getattr(self.run, name) for name in EditRunForm.base_fields}

    def save(self, form) -> str:
        if changes := form.changes():
            change_run(run=self.run, by=self.by, at=timezone.now(), **changes)
        return run_url(self.run)


class CancelRun(RunFormView):
    """取消这个班."""

    page_title = "取消这个班"
    form_class = ReasonForm
    submit_label = "取消这个班"
    is_dangerous = True
    question = "还没上的课都不上了，报了名的人会看到为什么。已经上过的留着。"
    done = "这个班取消了。"

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        cancel_run(run=self.run, because=because, by=self.by, at=timezone.now())
        return run_url(self.run)


class CopyRun(RunFormView):
    """复制到别的学期."""

    page_title = "复制到别的学期"
    form_class = CopyForm
    submit_label = "复制"
    done = ""

    def save(self, form) -> str:
        (copied,) = copy_runs(runs=[self.run], term=form.cleaned_data["term"], by=self.by)
        if copied.copy is None:
            raise Refused("not-copied", copied.refusal)
        messages.success(self.request, f"复制好了：{copied.copy.code}。还是草稿，看一看再公布。")
        return run_url(copied.copy)


class PublishRun(RunFormView):
    """公布."""

    page_title = "公布这个班"
    form_class = DeskForm
    submit_label = "公布"
    question = "公布以后，读者看得到这个班，也能报名。"
    done = "公布了，读者看得到了。"

    def save(self, form) -> str:
        publish_run(run=self.run, by=self.by, at=timezone.now())
        return run_url(self.run)
