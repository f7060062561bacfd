"""`/progress/` and the boards in a real browser: they fit, axe finds nothing, no scripts are needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty
from courses.models import Programme
from tests.factories.classes import a_college, a_member, a_school, the_city
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import a_plan
from tests.journeys.judging import judged

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
WIDTHS = [360, 1280]
SCREENS = (
    "progress/",
    "progress/districts/",
    "progress/branches/",
    "progress/scenarios/",
    "progress/silent/",
    "progress/months/",
    "progress/months/lock/",
    "progress/seals/",
)


@pytest.fixture
def college(site):
    """A college with a session of last week that a roll was called in."""
    college = a_college("东方社区学院", district="东方区")
    school = a_school(college, "田林街道社区（老年）学校")
    on = timezone.localdate() - timedelta(days=7)
    session = a_held_session(a_plan(on=on), organiser=school)
    put_down(session, *seniors(session, 3))
    a_held_session(a_plan("09:00", on=on), organiser=school)
    return college


def problems(page, **options) -> list:
    found = judged(page, options or LEVELS)
    too_wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
    return [said for said in (found.violations_count and found.generate_report(), too_wide) if said]


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_progress_fits_and_axe_finds_nothing(browser_page, college, width):
    page = browser_page(width=width)
    page.goto("/progress/?tables=1")
    assert page.locator(".plan-box img").evaluate("image => image.naturalWidth") > 0
    assert problems(page, resultTypes=["violations"]) == []


def test_with_the_largest_words_the_page_is_not_pushed_sideways(browser_page, site, college):
    page = browser_page()
    page.context.add_cookies([{"name": "display", "value": "extra.standard.android", "url": site}])
    page.goto("/progress/?tables=1")
    assert problems(page, resultTypes=["violations"]) == []


def test_everything_is_there_without_scripts(browser_page, college):
    page = browser_page(javascript=False)
    page.goto("/progress/")
    page.get_by_text("看成表格").click()
    assert page.get_by_role("table", name="实际和计划").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("duty", [Duty.CITY_MANAGER, Duty.DISTRICT_MANAGER])
def test_boards_fit_and_axe_finds_nothing(browser_page, client, site, college, width, duty):
    is_city = duty == Duty.CITY_MANAGER
    client.force_login(a_member(duty, the_city() if is_city else college))
    page = browser_page(width=width)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    programme = Programme.objects.get(year=2021)
    of_the_city = ("programmes/", f"programmes/{programme.pk}/", f"programmes/{programme.pk}/edit/")
    wrong = {}
    for name in (*SCREENS, *(of_the_city if is_city else ())):
        page.goto(f"/admin/desk/{name}")
        page.wait_for_selector("body.ready .sidebar", state="attached")
        wrong[name] = problems(page)
    assert {name: report for name, report in wrong.items() if report} == {}
