"""axe finds nothing wrong, on levels A and AA, on the screens of the class desk, on a phone and on a wide screen.

A new screen is a line in `SCREENS`; one whose form is to be sent empty, so that its errors show, also in `SENT_EMPTY`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.enums import Contact, Duty, ExternalSystem
from courses.models import Area, Organisation
from tests.factories.classes import (
    a_college,
    a_member,
    a_person,
    a_school,
    a_site,
    a_venue,
    an_area,
    another_duty,
    the_city,
)
from tests.journeys.judging import judged

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
WIDTHS = [360, 1280]
LEAST = 44


@dataclass
class World:
    """What there is to be shown."""

    school: Organisation
    area: Area


def to(name: str, *, query: str = "") -> Callable[[World], str]:
    """Return a way to the screen of this name; one that wants an id gets the school's."""

    def address(world: World) -> str:
        wants_id = name in OF_A_SCHOOL
        return reverse(f"desk:{name}", args=[world.school.pk] if wants_id else []) + query

    return address


OF_A_SCHOOL = {
    "organisation",
    "new_organisation",
    "edit_organisation",
    "move_organisation",
    "close_organisation",
    "organisation_external_ids",
}
SCREENS: dict[str, Callable[[World], str]] = {
    "start": to("index"),
    "identities": to("identities"),
    "organisations": to("organisations"),
    "organisations in order": to("organisations", query="?sort=-name&state=open"),
    "organisations, nothing found": to("organisations", query="?q=没有"),
    "organisations on paper": to("organisations", query="?print=1"),
    "organisation": to("organisation"),
    "new organisation": to("new_organisation"),
    "new organisation, wrong": to("new_organisation"),
    "edit organisation": to("edit_organisation"),
    "move organisation": to("move_organisation"),
    "close organisation": to("close_organisation"),
    "external ids": to("organisation_external_ids"),
    "areas": to("areas"),
    "new area, wrong": to("new_area"),
    "aliases": lambda world: reverse("desk:area_aliases", args=[world.area.pk]),
    "call list": to("call_list"),
    "messages": to("messages"),
}
SENT_EMPTY = {"new organisation, wrong", "new area, wrong"}
ON_PAPER = {"organisations on paper"}


@pytest.fixture
def world(site) -> World:
    college = a_college("东方社区学院", district="东方区")
    school = a_school(college, "田林街道社区（老年）学校")
    school.responsible_name, school.operator_name, school.source = "王负责", "李专人", "学院名单"
    school.keep_contact_phone(Contact.OPERATOR, "13800000001")
    school.save()
    school.external_ids.create(system=ExternalSystem.SERVICE_POINT, number="FW-1")
    for number in range(60):
        a_site(school, f"第{number}居委学习点")
    a_venue(school, "一号活动室")
    a_person(school)
    area = an_area("田林镇", district="东方区")
    area.aliases.create(name="田林新村")
    return World(school, area)


@pytest.fixture
def desk(browser_page, client, site, world):
    """A function that opens a window in which the city's manager is logged in."""
    user = a_member(Duty.CITY_MANAGER, the_city())
    another_duty(user, Duty.TEACHER, world.school)
    client.force_login(user)
    cookie = client.cookies["sessionid"].value

    def open_desk(width):
        page = browser_page(width=width)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return open_desk


def go(page, name: str, world: World) -> None:
    """Open a screen, and where its errors are to be seen, send its form empty."""
    page.goto(SCREENS[name](world))
    if name in ON_PAPER:
        return
    if name in SENT_EMPTY:
        page.locator(".desk-form input[type=text]").first.fill("")
        page.locator(".desk-form button[type=submit]").click()
        page.wait_for_selector(".desk-problems")
    page.wait_for_selector("body.ready .sidebar", state="attached")


def problems(page) -> str:
    found = judged(page, LEVELS)
    return found.generate_report() if found.violations_count else ""


SMALL = """least => [...document.querySelectorAll(".desk :is(a, button, select, textarea, .desk-tick, input)")]
    .filter(each => each.checkVisibility() && !each.matches("[type=hidden], [type=checkbox], [type=radio]"))
    .map(each => [each.innerText || each.name, each.getBoundingClientRect()])
    .filter(([, box]) => box.height < least).map(([words, box]) => `${words} ${box.height}`)"""


@pytest.mark.parametrize("width", WIDTHS)
def test_screens_are_accessible_fit_and_have_large_targets(desk, world, pictures, width):
    page = desk(width)
    wrong = {}
    for name in SCREENS:
        go(page, name, world)
        page.screenshot(path=pictures / f"desk-{name.replace(' ', '-')}-{width}.png", full_page=True)
        too_wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
        small = [] if name in ON_PAPER else page.evaluate(SMALL, LEAST)
        wrong[name] = [said for said in (problems(page), too_wide, small) if said]
    assert {name: report for name, report in wrong.items() if report} == {}


def test_errors_are_read_first_and_lead_to_their_field(desk, world):
    page = desk(360)
    go(page, "new organisation, wrong", world)
    assert page.evaluate("document.activeElement.className") == "desk-problems"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    # The way there is scrolled smoothly.
    expect(page.locator("#id_name")).to_be_in_viewport(ratio=1)


def test_a_table_that_fits_is_no_stop_for_the_keyboard(desk, world):
    page = desk(1280)
    go(page, "organisations", world)
    region = page.locator(".desk-scroll")
    expect(region).to_have_attribute("tabindex", "-1")
    region.evaluate("region => { region.style.width = '200px' }")
    expect(region).to_have_attribute("tabindex", "0")
