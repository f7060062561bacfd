"""axe finds nothing wrong, on levels A and AA, on the screens where content is made."""

import pytest
from django.urls import reverse

from cms.models import SharedStep
from courses.models import LessonPage
from tests.factories.people import a_reviewer
from tests.journeys.judging import judged

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
DESK = 1280
SCREENS = {
    "today": lambda: "/admin/",
    "tree": lambda: reverse("wagtailadmin_explore", args=[_lesson().get_parent().pk]),
    "lesson": lambda: reverse("wagtailadmin_pages:edit", args=[_lesson().pk]),
    "history": lambda: reverse("wagtailadmin_pages:history", args=[_lesson().pk]),
    "compare": lambda: reverse(
        "wagtailadmin_pages:revisions_compare", args=[_lesson().pk, "earliest", "latest"]
    ),
    "shared steps": lambda: "/admin/snippets/cms/sharedstep/",
    "shared step": lambda: f"/admin/snippets/cms/sharedstep/edit/{SharedStep.objects.first().pk}/",
    "lessons": lambda: reverse("lessons:index"),
    "chapters": lambda: reverse("chapters:index"),
    "feedback": lambda: reverse("feedback_desk:index"),
    "checks": lambda: reverse("checks"),
    "renaming": lambda: f"{reverse('replacing')}?what=扫一扫&into=扫码&where=module",
    "packages": lambda: reverse("packages:index"),
    "editions": lambda: reverse("editions:index"),
    "images": lambda: "/admin/images/",
    "search": lambda: "/admin/pages/search/?q=扫码",
}


def _lesson() -> LessonPage:
    return LessonPage.objects.get(code="SCAN-2")


def problems(page) -> str:
    found = judged(page, LEVELS)
    return found.generate_report() if found.violations_count else ""


def test_log_in_is_accessible(browser_page):
    page = browser_page()
    page.goto("/admin/login/")
    assert problems(page) == ""


@pytest.fixture
def desk(browser_page, client, site):
    """A function that opens a window in which a reviewer is logged in."""
    client.force_login(a_reviewer())
    cookie = client.cookies["sessionid"].value

    def open_desk(width):
        page = browser_page(width=width)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return open_desk


@pytest.mark.parametrize("width", [360, DESK])
def test_screens_are_accessible(desk, width):
    page = desk(width)
    wrong = {}
    for name, address in SCREENS.items():
        page.goto(address())
        page.wait_for_selector("body.ready .sidebar", state="attached")
        wrong[name] = problems(page)
    assert {name: report for name, report in wrong.items() if report} == {}


HEADS = {
    "lessons": [".w-breadcrumbs", ".w-slim-header nav .w-dropdown"],
    "lesson": [".page-status-tag:not(.w-hidden)"],
}


@pytest.mark.parametrize("name", HEADS)
def test_headings_are_whole_on_a_phone(desk, name):
    page = desk(360)
    page.goto(SCREENS[name]())
    page.wait_for_selector("body.ready .sidebar", state="attached")
    for part in HEADS[name]:
        box = page.locator(part).last.bounding_box()
        assert box["width"] > 0
        assert box["x"] + box["width"] <= 360


def test_screens_keep_their_place_at_any_width(desk):
    page = desk(DESK)
    page.goto("/admin/")
    bar = page.locator(".sidebar")
    assert bar.bounding_box()["width"] == 206
    assert bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(6, 58, 48)"


def test_dark_browser_shows_the_same_paper(desk):
    page = desk(DESK)
    page.emulate_media(color_scheme="dark")
    page.goto("/admin/")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    assert page.locator("html").evaluate("html => getComputedStyle(html).colorScheme") == "light"
