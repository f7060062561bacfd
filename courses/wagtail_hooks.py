"""What courses give to the ground floor."""

from pathlib import Path

from wagtail import hooks

from cms.hooks import (
    DEMO_CONTENT,
    FIXED_PAGES,
    HOME_SECTIONS,
    PACKAGE_KINDS,
    SCENARIO_RESOURCES,
    SEARCH_SOURCES,
    PackageKind,
    Section,
)
from cms.services.site_tree import child
from courses.models import CourseIndexPage, LessonPage, ModulePage

CONTENT = Path(__file__).parent / "content"


@hooks.register(FIXED_PAGES, order=10)
def course_index(home):
    child(home, CourseIndexPage, slug="courses", title="全部课程")


@hooks.register(HOME_SECTIONS, order=10)
def modules_on_home(request):
    modules = list(ModulePage.objects.live().order_by("path")[:3])
    return Section("从这里学起", "courses/module_list.html", {"modules": modules}) if modules else None


@hooks.register(SCENARIO_RESOURCES, order=10)
def lessons_of_scenario(scenario):
    lessons = list(LessonPage.objects.live().of_scenario(scenario))
    return Section("课程", "courses/lesson_list.html", {"lessons": lessons}) if lessons else None


@hooks.register(SEARCH_SOURCES)
def searchable():
    return [LessonPage, ModulePage]


@hooks.register(DEMO_CONTENT, order=10)
def first_edition():
    return sorted(CONTENT.iterdir())


@hooks.register(PACKAGE_KINDS)
def module_package():
    return PackageKind(
        kind="module",
        root=ModulePage,
        child=LessonPage,
        find_parent=lambda values: CourseIndexPage.objects.get(),
        find_root=lambda values: ModulePage.objects.filter(slug=values.get("slug")).first(),
    )
