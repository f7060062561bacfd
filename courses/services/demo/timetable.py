"""200 classes and 1,200 sessions of last term and this one around today, and some of spring 2021.

They are planned by the same rules that planners meet, and saved many at once.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from courses.models import (
    ClassSession,
    Closure,
    CourseRun,
    LessonPage,
    ModulePage,
    SessionChange,
    TeachingPerson,
)
from courses.services.demo.diary import Diary
from courses.services.demo.happenings import happened
from courses.services.demo.planning import DemoRun, planned
from courses.services.demo.schools import demo_schools
from courses.services.demo.wishes import all_wishes

THEIRS = "teacher"


@transaction.atomic
def add_timetable() -> str | None:
    """Add classes with their sessions to the demo schools; return what was done."""
    schools = demo_schools()
    if not schools or CourseRun.objects.filter(is_demo=True).exists():
        return None
    now = timezone.now()
    diary = Diary(Closure.objects.all())
    teacher = TeachingPerson.objects.filter(user__username=THEIRS, is_demo=True).first()
    wishes = all_wishes(schools, today=timezone.localdate(), teacher=teacher)
    runs = [run for wish in wishes if (run := planned(wish, diary))]
    for run in runs:
        happened(run, now)
    _give_codes(runs)
    _save(runs)
    return f"新建演示班级：{len(runs)} 个班、{sum(len(run.meetings) for run in runs)} 次课"


def _give_codes(runs: list[DemoRun]) -> None:
    """Number the classes of each college and term on from those that are there: XH-26B-017."""
    given = set(CourseRun.objects.values_list("code", flat=True))
    last: dict[str, int] = defaultdict(int)
    for each in runs:
        start = each.code_start
        last[start] += 1
        while f"{start}{last[start]:03}" in given:
            last[start] += 1
        each.run.code = f"{start}{last[start]:03}"


def _save(runs: list[DemoRun]) -> None:
    modules, lessons = _lessons()
    for each in runs:
        each.run.module = modules.get(each.scenario)
    CourseRun.objects.bulk_create(each.run for each in runs)
    meetings = [meeting for each in runs for meeting in each.meetings]
    # What makes up for another meeting comes after it.
    for is_later in (False, True):
        ClassSession.objects.bulk_create(
            [meeting.session for meeting in meetings if bool(meeting.session.make_up_of) == is_later],
            batch_size=500,
        )
    _save_helpers(meetings)
    links = ClassSession.lessons.through
    links.objects.bulk_create(
        links(classsession_id=meeting.session.pk, lessonpage_id=taught.pk)
        for each in runs
        if (course := lessons[each.scenario])
        for number, meeting in enumerate(each.meetings)
        for taught in [course[number % len(course)]]
    )
    SessionChange.objects.bulk_create(change for meeting in meetings for change in meeting.changes)


def _save_helpers(meetings) -> None:
    links = ClassSession.helpers.through
    links.objects.bulk_create(
        links(classsession_id=meeting.session.pk, teachingperson_id=helper.pk)
        for meeting in meetings
        for helper in meeting.helpers
    )


def _lessons() -> tuple[dict[str, ModulePage], dict[str, list[LessonPage]]]:
    """Return the module and the lessons of each scenario, as far as they are written."""
    modules: dict[str, ModulePage] = {
        each.main_scenario: each for each in ModulePage.objects.live().order_by("-path")
    }
    lessons: dict[str, list[LessonPage]] = defaultdict(list)
    for scenario, module in modules.items():
        lessons[scenario] = list(LessonPage.objects.child_of(module).live().current().order_by("path"))
    return modules, lessons
