"""Changing a programme and what belongs to it."""

from typing import Any

from django.urls import reverse

from courses.desk.editing import DeskFormView
from courses.desk.programme.programmes import ABOVE, programme_url
from courses.enums import Right
from courses.forms.desk import DeskForm
from courses.forms.programme import LineForm, PointForm, ProgrammeForm, ShareForm
from courses.models import Area, PlanPoint, Programme, ReportedLine
from courses.services.programmes.changing import (
    add_programme,
    change_programme,
    remove_line,
    remove_point,
    set_line,
    set_point,
    set_share,
)


class ProgrammeFormView(DeskFormView):
    """A form about a programme: the one in the address, or a new one."""

    right = Right.CHANGE_PROGRAMME
    header_icon = "calendar-check"
    programme: Programme

    def look_up(self) -> None:
        self.programme = self.found(Programme.objects, self.kwargs["pk"])

    def get_above(self):
        own = [(f"{self.programme.year} 年", programme_url(self.programme))]
        return [(ABOVE, reverse("desk:programmes")), *own]

    def part(self, rows: Any, name: str) -> Any:
        """Return the one of these rows that the address names; 404 for another programme's."""
        return self.found(rows, self.kwargs[name])


class NewProgramme(ProgrammeFormView):
    """加一年."""

    page_title = "加一年"
    form_class = ProgrammeForm
    submit_label = "加上"
    done = "加好了。请再看看进度点对不对。"

    def look_up(self) -> None:
        """There is none yet."""

    def get_above(self):
        return [(ABOVE, reverse("desk:programmes"))]

    def save(self, form) -> str:
        return programme_url(add_programme(details=form.details(), by=self.by))


class EditProgramme(ProgrammeFormView):
    """改目标、日子、负责人."""

    form_class = ProgrammeForm
    done = "保存好了。进度点没有跟着变，请看看对不对。"

    def get_page_title(self):
        return f"改 {self.programme.year} 年的计划"

    def get_initial(self):
        return _values(self.programme, ProgrammeForm)

    def save(self, form) -> str:
        change_programme(programme=self.programme, details=form.details(), by=self.by)
        return programme_url(self.programme)


class NewPoint(ProgrammeFormView):
    """加一个进度点."""

    page_title = "加一个进度点"
    form_class = PointForm
    submit_label = "加上"
    point: PlanPoint | None = None

    def save(self, form) -> str:
        set_point(programme=self.programme, point=self.point, details=form.details(), by=self.by)
        return programme_url(self.programme)


class EditPoint(NewPoint):
    """改进度点."""

    page_title = "改进度点"
    submit_label = "保存"
    template_name = "courses/desk/progress/part.html"

    def look_up(self) -> None:
        super().look_up()
        self.point = self.part(self.programme.points.all(), "point")

    def get_initial(self):
        return _values(self.point, PointForm)

    def get_context_data(self, **kwargs):
        remove = reverse("desk:remove_point", args=[self.programme.pk, self.kwargs["point"]])
        return super().get_context_data(**kwargs) | {"remove_url": remove, "remove_label": "去掉这个进度点"}


class RemovePart(ProgrammeFormView):
    """Takes away a part of a programme, asked once more."""

    form_class = DeskForm
    submit_label = "去掉"
    is_dangerous = True
    done = "去掉了。"


class RemovePoint(RemovePart):
    """去掉进度点."""

    page_title = "去掉进度点"

    def look_up(self) -> None:
        super().look_up()
        self.point = self.part(self.programme.points.all(), "point")
        self.question = f"去掉 {self.point.on:%Y-%m-%d} 的进度点吗？计划的线会跟着变。"

    def save(self, form) -> str:
        remove_point(point=self.point, by=self.by)
        return programme_url(self.programme)


class EditShare(ProgrammeFormView):
    """A district's share."""

    form_class = ShareForm

    def look_up(self) -> None:
        super().look_up()
        self.district = self.part(Area.objects.districts(), "district")

    def get_page_title(self):
        return f"{self.district.name}的份额"

    def get_initial(self):
        share = self.programme.shares.filter(district=self.district).first()
        return _values(share, ShareForm) if share else {}

    def save(self, form) -> str:
        set_share(programme=self.programme, district=self.district, by=self.by, **form.cleaned_data)
        return programme_url(self.programme)


class NewLine(ProgrammeFormView):
    """加一条线."""

    page_title = "加一条线"
    form_class = LineForm
    line: ReportedLine | None = None

    def save(self, form) -> str:
        set_line(programme=self.programme, line=self.line, details=form.details(), by=self.by)
        return programme_url(self.programme)


class EditLine(NewLine):
    """What a line plans and reports."""

    template_name = "courses/desk/progress/part.html"

    def look_up(self) -> None:
        super().look_up()
        self.line = self.part(self.programme.lines.all(), "line")

    def get_page_title(self):
        return f"改一条线：{self.line.name}" if self.line else "改一条线"

    def get_initial(self):
        return _values(self.line, LineForm)

    def get_context_data(self, **kwargs):
        """Ours stays: it counts itself."""
        remove = reverse("desk:remove_line", args=[self.programme.pk, self.kwargs["line"]])
        is_ours = self.line is not None and self.line.is_ours
        shown = {} if is_ours else {"remove_url": remove, "remove_label": "去掉这条线"}
        return super().get_context_data(**kwargs) | shown


class RemoveLine(RemovePart):
    """去掉一条线."""

    page_title = "去掉一条线"

    def look_up(self) -> None:
        super().look_up()
        self.line = self.part(self.programme.lines.all(), "line")
        self.question = f"去掉“{self.line.name}”吗？它计划的和报来的数、导入的活动名单也一起去掉。"

    def save(self, form) -> str:
        remove_line(line=self.line, by=self.by)
        return programme_url(self.programme)


def _values(thing: Any, form: type[DeskForm]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in form.base_fields}
