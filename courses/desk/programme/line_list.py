"""导入别的线的名单: a file is chosen, looked at row by row, and only then kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from courses.desk.base import DeskAction, DeskPage
from courses.desk.editing import DeskFormView
from courses.desk.listing import Cell, Column, Heading
from courses.desk.programme.editing import RemovePart
from courses.desk.programme.programmes import ABOVE, programme_url
from courses.enums import Right
from courses.errors import Refused
from courses.forms.line_list import LineListForm
from courses.models import Programme, ReportedLine
from courses.services.programmes.changing import clear_line_list
from courses.services.programmes.line_list import (
    ListMoved,
    ListPreview,
    ListRow,
    Outcome,
    apply_list,
    read_list,
)
from courses.services.sheets import waiting

TITLE = "导入名单"
# What cannot be kept comes first.
PARTS = (Outcome.CANNOT, Outcome.NEW, Outcome.CHANGED, Outcome.THERE)


class OtherLineMixin:
    """One of the city's lines that is not ours, out of the address."""

    right = Right.CHANGE_PROGRAMME
    programme: Programme
    line: ReportedLine

    def look_up(self: Any) -> None:
        self.programme = self.found(Programme.objects, self.kwargs["pk"])
        others = self.programme.lines.filter(is_ours=False).select_related("programme")
        self.line = self.found(others, self.kwargs["line"])

    def get_above(self: Any):
        own = (f"{self.programme.year} 年", programme_url(self.programme))
        compare = (f"和“{self.line.name}”比对", self.to("compare_line"))
        return [(ABOVE, reverse("desk:programmes")), own, compare]

    def to(self: Any, name: str, *parts: str) -> str:
        return reverse(f"desk:{name}", args=[self.programme.pk, self.line.pk, *parts])


class LineList(OtherLineMixin, DeskFormView):
    """Asks for the file, and looks it through; what cannot be read is refused here."""

    header_icon = "upload"
    form_class = LineListForm
    template_name = "courses/desk/progress/line_list.html"
    submit_label = "先看看会怎样"
    done = ""

    def get_page_title(self):
        return f"导入“{self.line.name}”的活动名单"

    def save(self, form) -> str:
        file = form.cleaned_data["file"]
        data = file.read()
        read_list(data, name=file.name, line=self.line, by=self.by)
        return self.to("line_list_preview", waiting.keep(data, by=self.by))


class WaitingList(OtherLineMixin):
    """A list that waits to be agreed to; only who uploaded it finds it."""

    def get_above(self):
        return [*super().get_above(), (TITLE, self.to("line_list"))]

    def upload(self: Any) -> dict:
        """Return what the services are given. Raises Http404 when there is no such upload, or no longer."""
        found = waiting.fetch(self.kwargs["token"], by=self.by)
        if found is None:
            raise Http404
        return {"data": found[0], "name": found[1], "line": self.line, "by": self.by}


class LineListPreview(WaitingList, DeskPage):
    """Every row with what will happen. A POST keeps what was shown."""

    page_title = "看看会怎样"
    header_icon = "upload"
    template_name = "courses/desk/progress/line_list_preview.html"

    def get(self, request, *args, **kwargs):
        try:
            preview = read_list(**self.upload())
        except Refused as refusal:
            return self.refused(refusal)
        return self.render_to_response(self.get_context_data(preview=preview))

    def post(self, request, *args, **kwargs):
        try:
            added, changed = apply_list(**self.upload(), seen=request.POST.get("seen", ""))
        except ListMoved as moved:
            context = self.get_context_data(preview=moved.preview, moved=str(moved))
            return self.render_to_response(context, status=422)
        except Refused as refusal:
            return self.refused(refusal)
        words = (
            f"加了 {added} 个活动，改了 {changed} 个人次。" if added or changed else "都已经有了，没有加。"
        )
        messages.success(request, words)
        return redirect(self.to("compare_line"))

    def refused(self, refusal: Refused):
        messages.error(self.request, str(refusal))
        return redirect(self.to("line_list"))

    def get_context_data(self, **kwargs):
        preview: ListPreview = kwargs["preview"]
        many = {outcome: len(preview.of(outcome)) for outcome in Outcome}
        return super().get_context_data(**kwargs) | {
            "line": self.line,
            "parts": [_part(preview, outcome) for outcome in PARTS if many[outcome]],
            "new": many[Outcome.NEW],
            "changed": many[Outcome.CHANGED],
            "there": many[Outcome.THERE],
            "cannot": many[Outcome.CANNOT],
            "list_url": self.to("line_list"),
            "drop_url": self.to("drop_line_list", self.kwargs["token"]),
        }


class DropLineList(WaitingList, DeskAction):
    """Forgets an upload."""

    def post(self, request, *args, **kwargs):
        self.upload()
        waiting.forget(self.kwargs["token"], by=self.by)
        messages.success(request, "文件删掉了，什么也没加。")
        return redirect(self.to("line_list"))


class ClearLineList(OtherLineMixin, RemovePart):
    """清掉导入的名单, asked once more."""

    page_title = "清掉导入的名单"
    submit_label = "清掉"
    done = "清掉了。"

    @property
    def question(self) -> str:
        """How much would be gone."""
        return f"“{self.line.name}”导入的 {self.line.activities.count()} 个活动都清掉吗？我们的人次不受影响。"

    def save(self, form) -> str:
        clear_line_list(line=self.line, by=self.by)
        return self.to("compare_line")


def _part(preview: ListPreview, outcome: Outcome) -> dict[str, Any]:
    """Return a table of the preview."""
    columns = [
        Column("哪一行", lambda row: row.number),
        Column("日期", lambda row: f"{row.on:%Y-%m-%d}" if row.on else "—", is_whole=True),
        Column("街镇或地点", lambda row: row.place or "—", is_minor=True),
        Column("活动名称", lambda row: row.title or "—"),
        Column("人次", _figure, is_number=True),
        Column("怎么改" if outcome is Outcome.CANNOT else "要知道的", _told),
    ]
    return {
        "heading": outcome.value,
        "headings": [Heading(column) for column in columns],
        "table": [[Cell(column, column.value(row), "") for column in columns] for row in preview.of(outcome)],
        "table_id": f"list-{outcome.name.lower()}",
    }


def _figure(row: ListRow) -> str:
    if row.attendances is None:
        return "—"
    is_changed = row.outcome is Outcome.CHANGED
    return f"{row.before} → {row.attendances}" if is_changed else str(row.attendances)


def _told(row: ListRow) -> str:
    return "".join([*row.problems, *row.notes])
