"""A clerk on the telephone, in a real browser: enrols somebody, moves them to another class, cancels.

And axe finds nothing wrong on those screens, on a phone and on a wide screen.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from courses.enums import Duty, EnrolmentState
from courses.models import CourseRun, Enrolment
from tests.factories.classes import a_college, a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run, enrolled, known_enrols
from tests.factories.timetable import a_plan
from tests.journeys.judging import judged
from tests.journeys.test_desk_accessibility import LEAST, LEVELS, SMALL

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "/admin/desk"
PHONE = "13800001234"


@dataclass
class World:
    """A class with two seats and a couple under one number, another class that is full, one that is over."""

    wechat: CourseRun
    writing: CourseRun
    full: CourseRun


@pytest.fixture
def world(site):
    school = a_school(a_college("东方社区学院", district="东方区"), "东方社区学校")

    def a_class(title, days, **details):
        on = timezone.localdate() + timedelta(days=days)
        room = a_room(a_venue(school, f"{title}活动室"))
        return an_open_run(a_plan(room=room, on=on), organiser=school, title=title, **details)

    world = World(a_class("微信", 10, seats=2), a_class("书法", 12), a_class("拍照", 14, seats=1))
    enrolled(world.full, 2, now=timezone.now())
    over = an_open_run(a_plan(room=a_room(a_venue(school))), organiser=school, title="上完的")
    for name in ("王秀英", "陈国强"):
        known_enrols(over, a_learner(school, name, phone=PHONE))
    world.clerk = a_member(Duty.SCHOOL_STAFF, school)
    return world


@pytest.fixture
def desk(browser_page, site, world):
    """A function that opens a window in which the school's clerk is logged in."""
    client = Client()
    client.force_login(world.clerk)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_desk(width):
        page = browser_page(width=width)
        # The first page a new server answers takes its time on a busy machine.
        page.set_default_navigation_timeout(60_000)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        return page

    return open_desk


def test_a_caller_is_enrolled_moved_and_cancelled(desk, world):
    page, asked = desk(1280), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{DESK}/classes/{world.wechat.pk}/")
    page.locator(".desk-buttons").get_by_role("link", name="报名", exact=True).click()
    page.get_by_label("姓名").fill("李阿姨")
    page.get_by_label("电话", exact=True).fill("139 0000 5678")
    page.get_by_label("哪一年生").fill("1948")
    page.get_by_label("念了，对方同意").check()
    page.get_by_role("button", name="报名").click()
    expect(page.locator(".desk-voucher")).to_contain_text(re.compile(r"\d{4} \d{4}"))
    expect(page.locator(".desk-say").first).to_contain_text("报好了，有您的座位")

    page.get_by_role("link", name="看这个报名").click()
    page.get_by_role("link", name="换班").click()
    page.get_by_label(re.compile("书法")).check()
    page.get_by_label("为什么").fill("那天要看医生")
    page.get_by_role("button", name="换班").click()
    expect(page.locator(".desk-say").last).to_contain_text("书法活动室")

    page.get_by_role("link", name="看这个报名").click()
    page.get_by_role("link", name="取消报名").click()
    page.get_by_label("为什么").fill("不来了")
    page.get_by_role("button", name="取消报名").click()
    expect(page.get_by_role("button", name="要回来")).to_be_visible()
    states = Enrolment.objects.filter(learner__name="李阿姨").values_list("run__title", "state")
    assert dict(states) == dict.fromkeys(("微信", "书法"), EnrolmentState.CANCELLED)
    assert not any(re.search(r"%E6%9D%8E|5678", address) for address in asked)


def test_who_is_known_is_found_while_typing_and_comes_with_the_household(desk, world):
    page = desk(360)
    page.goto(f"{DESK}/classes/{world.wechat.pk}/enrol/")
    page.get_by_label("姓名").fill("王秀")
    page.get_by_role("link", name="王秀英").click()
    page.get_by_label(re.compile("陈国强")).check()
    page.get_by_label("念了，对方同意").check()
    page.get_by_role("button", name="报名").click()
    expect(page.locator(".desk-voucher")).to_have_count(2)
    assert world.wechat.enrolments.filter(state=EnrolmentState.CONFIRMED).count() == 2


def test_a_double_click_is_one(desk, world):
    page = desk(1280)
    page.goto(f"{DESK}/classes/{world.wechat.pk}/enrol/returning/")
    page.locator("button[name=learner]", has_text="王秀英").dblclick()
    expect(page.locator(".desk [role=status]")).to_contain_text("王秀英：报上了")
    assert world.wechat.enrolments.count() == 1


def screens(world) -> dict[str, str]:
    waiting = world.full.enrolments.get(state=EnrolmentState.WAITLISTED)
    learner = world.wechat.organiser.runs.get(title="上完的").enrolments.first().learner
    classes, enrolment = f"{DESK}/classes/", f"{DESK}/enrolments/{waiting.pk}/"
    return {
        "class": f"{classes}{world.full.pk}/",
        "roster": f"{classes}{world.full.pk}/enrolments/",
        "roster on paper": f"{classes}{world.full.pk}/enrolments/?print=1",
        "enrol, full": f"{classes}{world.full.pk}/enrol/",
        "enrol, wrong": f"{classes}{world.wechat.pk}/enrol/",
        "enrol a household": f"{classes}{world.wechat.pk}/enrol/{learner.pk}/",
        "returning": f"{classes}{world.wechat.pk}/enrol/returning/",
        "enrolments": f"{DESK}/enrolments/",
        "find": f"{DESK}/enrolments/find/",
        "enrolment": enrolment,
        "done": f"{enrolment}done/",
        "cancel": f"{enrolment}cancel/",
        "move": f"{enrolment}move/",
        "priority": f"{enrolment}priority/",
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_screens_are_accessible_fit_and_have_large_targets(desk, world, pictures, width):
    page, wrong = desk(width), {}
    for name, address in screens(world).items():
        page.goto(address)
        on_paper = name.endswith("on paper")
        if name.endswith("wrong"):
            page.locator("#desk-form button[type=submit]").click()
            page.wait_for_selector(".desk-problems")
        if not on_paper:
            page.wait_for_selector("body.ready .sidebar", state="attached")
        page.screenshot(path=pictures / f"enrol-{name.replace(' ', '-')}-{width}.png", full_page=True)
        found = judged(page, LEVELS)
        too_wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
        small = [] if on_paper else page.evaluate(SMALL, LEAST)
        said = [found.generate_report() if found.violations_count else "", too_wide, small]
        wrong[name] = [each for each in said if each]
    assert {name: report for name, report in wrong.items() if report} == {}
