"""导入开班计划: a file is chosen, looked at row by row, and only then made into classes."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import View

from cms.models import User
from courses.desk.base import DeskAction, DeskMixin, DeskPage, an_id
from courses.desk.editing import DeskFormView
from courses.desk.listing import Cell, Column, Heading
from courses.enums import Right, RunMode, RunState, Tongue
from courses.errors import Refused
from courses.forms.plan_import import PlanImportForm
from courses.models import CourseRun, Term
from courses.reports import XLSX, as_xlsx
from courses.rules.places import place_words
from courses.rules.sheets.plan import COLUMNS, EXAMPLE
from courses.services.scheduling.plan_import import (
    MOST_AT_ONCE,
    Applied,
    PlanMoved,
    Preview,
    apply_plan,
    read_plan,
)
from courses.services.scheduling.plan_rows import Outcome, PlannedRow
from courses.services.sheets import waiting

TITLE = "导入开班计划"
# The rows that follow say the rest.
MOST_REASONS = 3
# What cannot be comes first. The second heading is that of the last column.
_HEADINGS = (
    (Outcome.CANNOT, "建不了，要改表", "怎么改"),
    (Outcome.NEW, "会新建", "要知道的"),
    (Outcome.THERE, "已经有了，不会动", "是哪个班"),
)


class PlanImport(DeskFormView):
    """Asks for the term and the file, and looks the file through; what cannot be read is refused here."""

    page_title = TITLE
    right = Right.PLAN_CLASSES
    header_icon = "upload"
    form_class = PlanImportForm
    template_name = "courses/desk/plan_import.html"
    submit_label = "先看看会怎样"
    done = ""

    def save(self, form):
        file, term = form.cleaned_data["file"], form.cleaned_data["term"]
        data = file.read()
        by = cast(User, self.request.user)
        read_plan(data, name=file.name, term=term, by=by)
        token = waiting.keep(data, by=by)
        return reverse("desk:plan_import_preview", args=[term.pk, token])

    def get_back_url(self):
        return reverse("desk:runs")


class PlanTemplate(DeskMixin, View):
    """The table to fill in, with one row as an example that is never imported."""

    right = Right.PLAN_CLASSES
    http_method_names = ["get", "head"]

    def get(self, request):
        example = [EXAMPLE[column.key] for column in COLUMNS]
        response = HttpResponse(as_xlsx([column.label for column in COLUMNS], [example]), content_type=XLSX)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename="开班计划表.xlsx"
        )
        return response


class Waiting(DeskMixin):
    """What an upload that waits has in common: it is found only by who uploaded it."""

    right = Right.PLAN_CLASSES

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.token = kwargs["token"]

    def upload(self) -> dict:
        """Return what the services are given. Raises Http404 when there is no such upload, or no longer."""
        found = waiting.fetch(self.token, by=self.request.user)
        if found is None:
            raise Http404
        term = self.found(Term.objects, self.kwargs["term"])
        return {"data": found[0], "name": found[1], "term": term, "by": self.request.user}


class PlanPreview(Waiting, DeskPage):
    """Every row with what will happen, problems first. A POST makes the classes that were shown."""

    page_title = "看看会怎样"
    header_icon = "upload"
    template_name = "courses/desk/plan_import_preview.html"
    moved = ""

    def get_above(self):
        return [(TITLE, reverse("desk:plan_import"))]

    def get(self, request, *args, **kwargs):
        try:
            self.preview = read_plan(**self.upload())
        except Refused as refusal:
            return self.refused(refusal)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            applied = apply_plan(**self.upload(), seen=request.POST.get("seen", ""))
        except PlanMoved as moved:
            self.preview, self.moved = moved.preview, str(moved)
            return self.render_to_response(self.get_context_data())
        except Refused as refusal:
            return self.refused(refusal)
        self.tell(applied)
        made = "-".join(str(run.pk) for run in applied.made)
        return redirect(f"{request.path}?{urlencode({'made': made})}" if made else request.path)

    def get_page_title(self):
        return f"建好了 {len(self.made)} 个班" if self.made else self.page_title

    @cached_property
    def made(self) -> list[CourseRun]:
        """The classes that were made a moment ago, as the address says; only those one may see."""
        asked = self.request.GET.get("made", "").split("-")[:MOST_AT_ONCE]
        numbers = [an_id(each) for each in asked]
        return list(CourseRun.objects.visible_to(self.by).filter(pk__in=numbers).order_by("code"))

    def refused(self, refusal: Refused):
        messages.error(self.request, str(refusal))
        return redirect("desk:plan_import")

    def drafts(self) -> dict[str, str]:
        """Return how the list of classes finds those that were made."""
        return {"state": RunState.DRAFT.value, "term": self.found(Term.objects, self.kwargs["term"]).code}

    def tell(self, applied: Applied) -> None:
        """Say what came of it; the page that follows shows every row again."""
        if applied.made:
            messages.success(self.request, f"建好了 {len(applied.made)} 个班，都是草稿。")
        if applied.refused:
            shown = "".join(_reason(row, refusal) for row, refusal in applied.refused[:MOST_REASONS])
            messages.error(self.request, f"{len(applied.refused)} 个班没建成：{shown}")
        if applied.left:
            messages.warning(self.request, f"还有 {applied.left} 个班没建，请再按一次。")
        if not (applied.made or applied.refused or applied.left):
            messages.info(self.request, "没有新的班要建：能建的都已经有了。")

    def get_context_data(self, **kwargs):
        preview = self.preview
        return super().get_context_data(**kwargs) | {
            "preview": preview,
            "parts": [part for part in _parts(preview) if part["table"]],
            "new": len(preview.of(Outcome.NEW)),
            "there": len(preview.of(Outcome.THERE)),
            "cannot": len(preview.of(Outcome.CANNOT)),
            "moved": self.moved,
            "made": self.made,
            "drafts_url": f"{reverse('desk:runs')}?{urlencode(self.drafts())}",
            "drop_url": reverse("desk:plan_import_drop", args=[self.kwargs["term"], self.token]),
        }


class PlanDrop(Waiting, DeskAction):
    """Forgets an upload."""

    def post(self, request, *args, **kwargs):
        self.upload()
        waiting.forget(self.token, by=request.user)
        messages.success(request, "文件删掉了，什么也没建。")
        return redirect("desk:plan_import")


def _parts(preview: Preview) -> list[dict]:
    """Return the tables of the preview."""
    parts = []
    for outcome, heading, last in _HEADINGS:
        columns = [
            Column("班级", lambda row: f"{row.where} {row.title or '没写名称'}"),
            # On a phone there is room for what to mend, and little else.
            Column("什么时候", _when, is_minor=outcome is Outcome.CANNOT),
            Column("在哪里", _where, is_minor=True),
            Column("谁教", _teacher, is_minor=True),
            Column(last, _told),
        ]
        rows = preview.of(outcome)
        table = [[Cell(column, column.value(row), "") for column in columns] for row in rows]
        parts.append(
            {
                "heading": heading,
                "headings": [Heading(column) for column in columns],
                "table": table,
                "table_id": f"plan-{outcome.name.lower()}",
            }
        )
    return parts


def _when(row: PlannedRow) -> str:
    if not row.sessions:
        return "—"
    first, last = (timezone.localtime(plan.starts_at) for plan in (row.sessions[0], row.sessions[-1]))
    ends = timezone.localtime(row.sessions[0].ends_at)
    clock = f"{first:%H:%M}–{ends:%H:%M}"
    if len(row.sessions) == 1:
        return f"{first.year}年{first.month}月{first.day}日 {clock}"
    until = (
        f"{last.month}月{last.day}日"
        if last.year == first.year
        else f"{last.year}年{last.month}月{last.day}日"
    )
    return f"{first.year}年{first.month}月{first.day}日到{until}，{_weekdays(row)} {clock}，共 {len(row.sessions)} 次"


def _weekdays(row: PlannedRow) -> str:
    numbers = sorted({timezone.localtime(plan.starts_at).isoweekday() for plan in row.sessions})
    return "、".join(f"周{'一二三四五六日'[number - 1]}" for number in numbers)


def _where(row: PlannedRow) -> str:
    details = row.details
    if details is None:
        return "—"
    return place_words(details.venue, details.room, otherwise=RunMode(details.mode).label)


def _teacher(row: PlannedRow) -> str:
    if not row.sessions:
        return "—"
    teacher, helpers = row.sessions[0].teacher, row.sessions[0].helpers
    helping = f"志愿者{'、'.join(helper.name for helper in helpers)}" if helpers else ""
    return "，".join(filter(None, [teacher.name if teacher else "", helping])) or "—"


def _told(row: PlannedRow) -> str | SafeString:
    if row.existing:
        cancelled = "（后来取消了）" if row.existing.cancelled_at else ""
        return f"{row.existing.code} {row.existing.title}{cancelled}"
    return _lines(row.problems or [*filter(None, [_read(row)]), *row.warnings]) or "—"


def _read(row: PlannedRow) -> str:
    """Return how the rest of a row was understood: nobody should find out from the class that it was not so."""
    details = row.details
    if details is None:
        return ""
    lessons = dict.fromkeys(lesson.code for plan in row.sessions for lesson in plan.lessons)
    said = [
        f"讲 {'、'.join(lessons)}" if lessons else "",
        f"学费 {details.fee.normalize():f} 元" if details.fee else "",
        f"最少 {details.minimum} 人开班" if details.minimum is not None else "",
        f"从 {_moment(details.enrol_from)} 报名" if details.enrol_from else "",
        f"报到 {_moment(details.enrol_until)}" if details.enrol_until else "",
        Tongue(details.tongue).label if details.tongue != Tongue.MANDARIN else "",
    ]
    words = "，".join(filter(None, said))
    return f"{words}。" if words else ""


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y年n月j日 G:i")


def _reason(row: PlannedRow, refusal: Refused) -> str:
    """Return it without names: messages wait in a cookie. The row itself, further down, says who holds what."""
    return f"{row.where}，{'教室、老师或者志愿者刚被别人排了。' if refusal.code == 'taken' else refusal}"


def _lines(sentences: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((each,) for each in sentences))
