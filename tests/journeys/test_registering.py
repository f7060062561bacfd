"""登记学员 in a real browser: who may be meant appears while the name is typed, and nothing of it in an address."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from courses.enums import Duty
from tests.factories.classes import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/admin/desk/learners/new/"


@pytest.fixture
def page(browser_page, site):
    """A window in which a school's clerk is logged in, whose school knows one 王秀英."""
    school = a_school()
    a_learner(school, "王秀英", phone="13800001234")
    client = Client()
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    page = browser_page(width=360)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    page.goto(NEW)
    return page


def test_who_may_be_meant_appears_while_typing(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("姓名").fill("王秀")
    expect(page.get_by_role("status")).to_contain_text(["138****1234", ""])
    page.get_by_label("姓名").fill("陈")
    expect(page.get_by_text("138****1234")).to_have_count(0)
    page.locator("[name=phone]").fill("139 0000 1234")
    expect(page.get_by_role("link", name="王秀英")).to_be_visible()
    assert not any(re.search(r"%E7|1234", address) for address in asked)


def test_the_one_meant_is_taken_without_a_second_row(page):
    page.get_by_label("姓名").fill("王秀英")
    page.get_by_role("button", name="登记").click()
    page.get_by_role("button", name="就是他/她").click()
    expect(page).to_have_url(re.compile(r"/admin/desk/learners/\d+/$"))
    expect(page.locator("body")).to_contain_text("没有重复登记")
