"""年度计划: all of them, and one with its phases, milestones, shares and the city's four lines."""

from django.db.models import Count
from django.urls import reverse

from courses.desk.listing import Button, Column, DeskList
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.models import Area, PlanPoint, Programme, ReportedLine

ABOVE = "年度计划"


def programme_url(programme: Programme) -> str:
    """Return where a programme is shown."""
    return reverse("desk:programme", args=[programme.pk])


class ProgrammeList(DeskList):
    """All years, the latest first."""

    page_title = ABOVE
    right = Right.CHANGE_PROGRAMME
    header_icon = "calendar-check"
    unit = "年"
    empty = "还没有年度计划。按“加一年”。"
    export_name = "programmes"
    columns = [
        Column("年份", lambda each: each.year, url=programme_url),
        Column("名称", lambda each: each.name),
        Column("目标人次", lambda each: each.target, is_number=True),
        Column("到哪天完成", lambda each: f"{each.due_on:%Y-%m-%d}", is_whole=True),
        Column("说明", lambda each: "只是举例" if each.is_example else "", is_minor=True),
        Column("几个区定了份额", lambda each: each.how_many, is_number=True, is_minor=True),
    ]

    def get_rows(self):
        return Programme.objects.annotate(how_many=Count("shares")).order_by("-year")

    def get_buttons(self):
        return [Button("加一年", reverse("desk:new_programme"), is_chief=True)]


class ProgrammePage(DeskShow):
    """A programme with all that belongs to it."""

    right = Right.CHANGE_PROGRAMME
    header_icon = "calendar-check"

    def look_up(self) -> None:
        self.programme = self.found(Programme.objects, self.kwargs["pk"])

    def get_above(self):
        return [(ABOVE, reverse("desk:programmes"))]

    def get_page_title(self):
        return f"{self.programme.year} 年：{self.programme.name}"

    def get_facts(self):
        one = self.programme
        phases = "\n".join(
            f"{each.name}：{each.starts_on:%Y-%m-%d} 到 {each.ends_on:%Y-%m-%d}" for each in one.phases.all()
        )
        return [
            Fact("说明", "只是举例，还没有人定。" if one.is_example else ""),
            Fact("目标", f"{one.target:,} 人次"),
            Fact("日子", f"{one.starts_on:%Y-%m-%d} 到 {one.due_on:%Y-%m-%d}"),
            Fact("依据", one.source),
            Fact("负责人", one.responsible or "没有填"),
            Fact("阶段", phases),
            Fact("公开的进度页", "打开看看", url=f"{reverse('progress')}?year={one.year}"),
        ]

    def get_buttons(self):
        return [Button("改目标和日子", reverse("desk:edit_programme", args=[self.programme.pk]))]

    def get_parts(self):
        return [self._points(), self._shares(), self._lines()]

    def _points(self) -> Part:
        lines = [
            (_point_words(each), self._to("edit_point", each.pk), each.note) for each in self._all_points()
        ]
        return Part("进度点", lines, "还没有进度点。", [Button("加一个进度点", self._to("new_point"))])

    def _all_points(self):
        return self.programme.points.order_by("on")

    def _shares(self) -> Part:
        given = {each.district_id: each for each in self.programme.shares.all()}
        lines = [
            (
                f"{area.name}：{given[area.pk].attendances:,} 人次"
                if area.pk in given
                else f"{area.name}：没有定",
                self._to("edit_share", area.pk),
                given[area.pk].source if area.pk in given else "",
            )
            for area in Area.objects.districts()
        ]
        return Part("各区的份额", lines)

    def _lines(self) -> Part:
        every = self.programme.lines.order_by("-planned", "pk")
        lines = [
            (f"{each.name}：计划 {each.planned:,}", self._to("edit_line", each.pk), _line_words(each))
            for each in every
        ]
        compare = [
            Button(f"和“{each.name}”比对", self._to("compare_line", each.pk))
            for each in every
            if not each.is_ours
        ]
        return Part("全市几条线", lines, "还没有。", [Button("加一条线", self._to("new_line")), *compare])

    def _to(self, name: str, *parts: int) -> str:
        return reverse(f"desk:{name}", args=[self.programme.pk, *parts])


def _point_words(point: PlanPoint) -> str:
    return f"{point.on:%Y-%m-%d}：{point.attendances:,} 人次{'（推算）' if point.is_inferred else ''}"


def _line_words(line: ReportedLine) -> str:
    if line.is_ours:
        return "我们自己，由系统来数"
    if line.reported is None:
        return "还没有报来的数"
    return f"报了 {line.reported:,}，{line.reported_on:%Y-%m-%d}，{line.source}"
