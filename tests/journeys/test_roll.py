"""Calling the roll in a real browser: one tap for all, a name found among many, minutes only of who left early."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from courses.enums import Duty
from courses.models import Attendance, ClassSession
from courses.rules.series import at
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(site) -> ClassSession:
    school = a_school(a_college("东方社区学院", district="东方区"), "东方社区学校")
    plan = a_plan(room=a_room(a_venue(school)), on=timezone.localdate() + timedelta(days=2))
    run = an_open_run(plan, organiser=school, title="微信")
    enrolled(run, 3, now=timezone.now())
    # It began when the day did: a roll can be called whenever the tests run.
    starts = at(timezone.localdate(), timezone.datetime.min.time())
    run.sessions.update(starts_at=starts, ends_at=starts + timedelta(hours=11))
    return run.sessions.get()


@pytest.fixture
def roll(browser_page, session, site):
    """A function that opens the roll as the school's clerk: ``roll(javascript=False)``."""
    client = Client()
    client.force_login(a_member(Duty.SCHOOL_STAFF, session.run.organiser))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_roll(**window):
        page = browser_page(**window)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        page.goto(f"/admin/desk/sessions/{session.pk}/roll/")
        return page

    return open_roll


def states(session) -> list[str]:
    return list(Attendance.objects.last().filter(session=session).values_list("state", flat=True))


# Without scripts Wagtail's side bar covers a telephone's screen.
@pytest.mark.parametrize("window", [{"width": 360}, {"width": 1280, "javascript": False}], ids=str)
def test_one_tap_for_all_then_who_left_early(roll, session, window):
    page = roll(**window)
    page.get_by_role("button", name="没点的都到了").click()
    expect(page.get_by_text("记好了 3 位。")).to_be_visible()
    first = page.locator(".roll-lines li").first
    expect(first.get_by_label("早退的，在了几分钟")).to_be_hidden()
    first.get_by_text("早退", exact=True).click()
    first.get_by_label("早退的，在了几分钟").fill("400")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("记好了 1 位。")).to_be_visible()
    assert sorted(states(session)) == ["left-early", "present", "present"]


def test_a_name_is_found_among_many_and_enter_puts_nobody_down(roll, session):
    page = roll()
    name = page.locator(".roll-lines legend").nth(1).inner_text()
    page.get_by_label("找姓名").fill(name)
    expect(page.locator(".roll-lines li:visible")).to_have_count(1)
    expect(page.get_by_text("找到 1 位")).to_be_visible()
    page.get_by_label("找姓名").press("Enter")
    page.get_by_label("找姓名").fill("")
    expect(page.locator(".roll-lines li:visible")).to_have_count(3)
    assert states(session) == []


def test_without_scripts_there_is_nothing_to_search_with(roll):
    expect(roll(javascript=False).get_by_label("找姓名")).to_be_hidden()
