"""The boards' tables: districts, organisations, scenarios, and sessions nobody called the roll of."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from courses.desk.listing import Column, DeskList
from courses.desk.progress.boards import ABOVE
from courses.desk.seating import moment_words
from courses.enums import Right
from courses.models import Organisation
from courses.services.progress.collecting import (
    Part,
    Progress,
    districts,
    programme_of,
    progress_of,
    scenarios,
)
from courses.services.progress.outcomes import ASKED, LessonOutcome, by_lesson
from courses.services.progress.places import branches, districts_seen_by, seen_by
from courses.services.today import without_roll, without_teacher


class ProgressList(DeskList):
    """A table of a board."""

    right = Right.SEE_ORGANISATIONS
    header_icon = "view"

    def get_above(self):
        return [(ABOVE, reverse("desk:progress_board"))]

    def get_page_title(self):
        return f"{self.page_title}，数到 {timezone.localdate():%Y-%m-%d}"


class PartList(ProgressList):
    """A table of parts of the reported number."""

    columns = [
        Column("名称", lambda part: part.name),
        Column("人次", lambda part: part.reported, is_number=True),
        Column("人数", lambda part: part.people, is_number=True),
    ]

    def get_rows(self) -> Any:
        today = timezone.localdate()
        programme = programme_of(None, today=today)
        return self.parts(progress_of(programme, today=today)) if programme else []

    def parts(self, now: Progress) -> list[Part]:
        raise NotImplementedError


def _district_board(part: Part) -> str:
    return reverse("desk:district_board", args=[part.area])


class DistrictList(PartList):
    """Districts: the city sees all, others their own."""

    page_title = "各区"
    unit = "个区"
    export_name = "progress-districts"
    columns = [replace(PartList.columns[0], url=_district_board), *PartList.columns[1:]]

    def parts(self, now):
        seen = set(districts_seen_by(self.acting).values_list("pk", flat=True))
        return [part for part in districts(now) if part.area in seen]


class ScenarioList(PartList):
    """The ten scenarios of the place whose board one sees."""

    page_title = "各场景"
    unit = "个场景"
    export_name = "progress-scenarios"

    def get_rows(self):
        today, place = timezone.localdate(), seen_by(self.acting).place
        programme = programme_of(None, today=today)
        return scenarios(progress_of(programme, today=today, place=place), place=place) if programme else []


def _board_of(organisation: Organisation) -> str:
    return reverse("desk:branch_board", args=[organisation.pk])


class BranchList(ProgressList):
    """Organisations with what they guide, those with the most 人次 first."""

    page_title = "各机构"
    unit = "个机构"
    export_name = "progress-branches"
    empty = "您这里还没有机构。"
    columns = [
        Column("名称", str, url=_board_of),
        Column("级别", lambda each: each.get_kind_display(), is_minor=True),
        Column("人次", lambda each: each.attendances, is_number=True, sort="attendances"),
        Column("人数", lambda each: each.people, is_number=True, sort="people"),
    ]

    def get_rows(self):
        return branches(self.request.user, year=timezone.localdate().year)


def _alone_after(days: int) -> Callable[[LessonOutcome], str]:
    return lambda row: row.answers[days].alone_words


class OutcomeList(ProgressList):
    """Lesson by lesson how many can do it alone; the hardest first."""

    page_title = "各课学会了没有，近 8 周"
    unit = "课"
    export_name = "progress-outcomes"
    empty = "近 8 周还没有人记过学会了没有。点完名，按“记学会了没有”。"
    columns = [
        Column("哪一课", lambda row: f"{row.title}（{row.code}）" if row.code else row.title),
        *(Column(f"{words}，自己会了", _alone_after(days)) for days, words in ASKED.items()),
    ]

    def get_rows(self):
        return by_lesson(seen_by(self.acting).place, now=timezone.now())


class SessionList(ProgressList):
    """Sessions for which something is to be done; the oldest first."""

    unit = "节课"
    columns = [
        Column(
            "班级",
            lambda each: f"{each.run.title} 第 {each.number} 次",
            url=lambda each: reverse("desk:session", args=[each.pk]),
        ),
        Column("什么时候", lambda each: moment_words(each.starts_at)),
        Column("机构", lambda each: str(each.run.organiser)),
    ]


class SilentList(SessionList):
    """Sessions that are over for two days and that nobody called the roll of."""

    page_title = "过了 2 天没点名的课"
    export_name = "silent-sessions"
    empty = "都点过名了。"
    columns = [
        *SessionList.columns,
        Column("老师", lambda each: each.teacher.name if each.teacher else "", is_minor=True),
    ]

    def get_rows(self):
        return without_roll(self.acting, self.by, now=timezone.now())


class WithoutTeacherList(SessionList):
    """Sessions of the next 14 days that nobody teaches yet; each leads to where one is chosen."""

    page_title = "14 天里没有老师的课"
    right = Right.PLAN_CLASSES
    export_name = "sessions-without-teacher"
    empty = "都有老师了。"
    columns = [
        *SessionList.columns,
        Column(
            "老师", lambda each: "去定老师", url=lambda each: reverse("desk:change_teacher", args=[each.pk])
        ),
    ]

    def get_page_title(self):
        return self.page_title

    def get_rows(self):
        return without_teacher(self.by, now=timezone.now())
