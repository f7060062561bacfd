"""月历, 打印课表 and 日历链接 in a browser: nothing for axe to find, nothing wider than a telephone, paper across."""

import re

import pytest

from courses.enums import Duty
from courses.models import Term
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.timetable import DAY, a_plan, a_run, weekly
from tests.journeys.conftest import HEIGHT, PHONE
from tests.journeys.test_admin_accessibility import DESK, problems

A4_ACROSS = re.compile(rb"/MediaBox \[0 0 841\.\d+ 594\.\d+\]")
SCREENS = {
    "month": f"month/?on={DAY}",
    "choice": "timetable/",
    "week": f"timetable/?on={DAY}",
    "term": "timetable/?term=91B&organisation={school.code}",
    "feeds": "feeds/",
    "new feed": "feeds/new/",
}


@pytest.fixture
def school(transactional_db):
    """A school with a class that meets twice, on the fifth day of a full one."""
    school = a_school(a_college(), "田林社区学校")
    term = Term.objects.create(code="91B", name="2026 年秋季", starts_on=DAY, ends_on=DAY.replace(month=12))
    room, teacher = a_room(a_venue(school, "田林活动室")), a_person(school, "王老师", role="teacher")
    plans = weekly(a_plan(room=room, teacher=teacher), 2)
    a_run(*plans, organiser=school, term=term, title="扫码付钱，三看再按")
    for hour in range(16, 20):
        a_run(a_plan(f"{hour}:00"), organiser=school, term=term, title=f"{hour}点班")
    return school


@pytest.fixture
def window(browser, live_server, school, client):
    """A function that opens a window in which the school's planner is logged in."""
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = []

    def open_window(width: int):
        size = {"width": width, "height": HEIGHT}
        context = browser.new_context(base_url=live_server.url, viewport=size, locale="zh-CN")
        context.add_cookies([cookie])
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_screens_are_accessible_and_no_wider_than_the_window(window, school, width):
    page = window(width)
    for name, address in SCREENS.items():
        page.goto(f"/admin/desk/{address.format(school=school)}")
        assert problems(page) == "", name
        too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(too_wide), name


def test_on_a_phone_a_month_is_a_list_of_the_days_that_say_something(window):
    page = window(PHONE)
    page.goto(f"/admin/desk/month/?on={DAY}")
    days = [cell for cell in page.locator(".month td").all() if cell.is_visible()]
    said = [" ".join(day.inner_text().split()) for day in days]
    assert [words.partition(" ")[0] for words in said] == ["11月11日", "11月18日"]
    assert "还有 1 节" in said[0]
    first = page.get_by_role("link", name="14:00 扫码付钱").first
    assert first.bounding_box()["height"] >= 44
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/desk/sessions/**")


def test_a_link_is_made_with_the_keyboard_and_seen_once(window):
    page = window(DESK)
    page.goto("/admin/desk/feeds/new/")
    page.get_by_label("老师或志愿者").select_option(index=1)
    page.get_by_role("button", name="做链接").press("Enter")
    page.wait_for_selector(".desk-secret")
    assert problems(page) == ""
    assert "/feeds/" in page.locator(".desk-secret").inner_text()
    assert page.evaluate("document.querySelector('main img[alt^=二维码], .desk img').naturalWidth") > 100
    page.goto("/admin/desk/feeds/")
    assert page.locator(".desk-secret").count() == 0


@pytest.mark.parametrize("name", ["week", "term"])
def test_timetables_are_printed_across(window, school, name):
    page = window(DESK)
    page.goto(f"/admin/desk/{SCREENS[name].format(school=school)}")
    pdf = page.pdf(prefer_css_page_size=True)
    assert A4_ACROSS.search(pdf)
