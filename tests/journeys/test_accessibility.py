"""axe finds nothing wrong on the pages a reader sees."""

import pytest
from django.utils import timezone

from courses.models import CourseRun
from tests.journeys.judging import judged
from tests.journeys.voice import give_voice

PAGES = {
    "home": "/",
    "scenario": "/scenarios/scan-code/",
    "whole list": "/scenarios/scan-code/lessons/",
    "lesson": "/l/SCAN-2/",
    "contents": "/handbook/",
    "chapter": "/l/H-4/",
    "search": "/search/?q=扫码",
    "display": "/display/",
    "not found": "/nothing-here/",
    "classes": "/classes/",
    "classes chosen": "/classes/?district=310104&when=3",
    "no classes": "/classes/?district=310151&q=没有这个",
    "progress": "/progress/",
    "progress of 2021, tables open": "/progress/?year=2021&tables=1",
}
# Where these are depends on today's term.
RUNS = {
    "class": lambda: CourseRun.objects.upcoming(now=timezone.now()),
    "cancelled class": lambda: CourseRun.objects.published().exclude(cancelled_at=None),
}
EVERY = [*PAGES, *RUNS]


def address(name: str) -> str:
    return PAGES[name] if name in PAGES else f"/classes/{RUNS[name]().first().code}/"


@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_nothing(browser_page, name):
    page = browser_page()
    page.goto(address(name))
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_nothing_in_high_contrast(browser_page, site, name):
    page = browser_page()
    page.context.add_cookies([{"name": "display", "value": "extra.high.apple", "url": site}])
    page.goto(address(name))
    assert page.locator("html").get_attribute("data-contrast") == "high"
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_the_opened_filters(browser_page):
    page = browser_page()
    page.goto("/classes/?district=310104")
    page.get_by_text("改一改，再找").click()
    page.get_by_label("哪个街镇").wait_for()
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_while_a_lesson_is_read(browser_page):
    page = browser_page()
    give_voice(page)
    page.goto("/l/SCAN-2/")
    page.get_by_role("button", name="读给我听").click()
    page.locator(".said").wait_for()
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_on_the_page_that_thanks(browser_page):
    page = browser_page()
    page.goto("/l/SCAN-2/")
    page.locator('[data-step="1"]').get_by_role("button", name="没看懂").click()
    page.get_by_role("link", name="想多说一句").click()
    page.get_by_label("想多说一句").wait_for()
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
