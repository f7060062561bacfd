"""What lessons give to the ground floor."""

from pathlib import Path

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.hooks import (
    DEMO_CONTENT,
    FIXED_PAGES,
    HOME_SECTIONS,
    PACKAGE_KINDS,
    PAGE_ROUTES,
    PAGE_STEPS,
    SCENARIO_RESOURCES,
    SEARCH_SOURCES,
    SET_ASIDE,
    PackageKind,
)
from cms.models import ScenarioPage
from cms.services.reading import reading_steps
from cms.services.sections import beginning
from cms.services.site_tree import child
from courses.models import CourseIndexPage, LessonPage, ModulePage
from courses.services.new_lesson import modules_for
from courses.views.new_lesson import NewLessonView
from courses.views.scenario_lessons import scenario_lessons
from courses.viewsets import LessonsViewSet

CONTENT = Path(__file__).parents[1] / "content"


@hooks.register(FIXED_PAGES, order=10)
def course_index(home):
    child(home, CourseIndexPage, slug="courses", title="全部课程")


@hooks.register(HOME_SECTIONS, order=10)
def modules_on_home(request):
    return beginning(
        ModulePage.objects.live().order_by("path"),
        most=3,
        heading="从这里学起",
        template="courses/module_list.html",
        name="modules",
        all_url="/courses/",
        all_words="查看全部 {number} 组课程",
    )


@hooks.register(SCENARIO_RESOURCES, order=10)
def lessons_of_scenario(scenario):
    return beginning(
        LessonPage.objects.live().current().of_scenario(scenario),
        most=6,
        heading="课程",
        template="courses/lesson_list.html",
        name="lessons",
        all_url="lessons/",
        all_words="查看全部 {number} 课",
    )


@hooks.register(PAGE_ROUTES)
def lessons_below_scenario():
    return ScenarioPage, "lessons", scenario_lessons


@hooks.register(PAGE_STEPS)
def steps_of_lesson(page):
    return reading_steps(page.steps) if isinstance(page, LessonPage) else None


@hooks.register(SET_ASIDE)
def lessons_out_of_use():
    return LessonPage.objects.archived()


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


@hooks.register("register_admin_urls")
def new_lesson_address():
    return [path("courses/new-lesson/", NewLessonView.as_view(), name="new_lesson")]


@hooks.register("register_page_header_buttons")
def new_lesson_button(page, user, view_name, next_url=None):
    """On a module's own page the module is chosen already."""
    if isinstance(page.specific, ModulePage) and modules_for(user).filter(pk=page.pk).exists():
        url = f"{reverse('new_lesson')}?module={page.pk}"
        yield Button("新课", url, icon_name="plus", priority=5)


@hooks.register("register_admin_viewset")
def lessons_list():
    return LessonsViewSet()
