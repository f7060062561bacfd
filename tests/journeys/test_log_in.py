"""From a printed slip to the class desk, in a real browser: it sends the Origin that forms are checked by."""

import re

import pytest
from django_otp.oath import TOTP

from cms.models import User
from cms.services import second_factor
from courses.enums import Duty
from courses.services.accounts import give_log_in_slip
from tests.factories.classes import a_college, a_member
from tests.journeys.judging import judged

PASSWORD = "beizi-yuyi-tielu"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture
def invited(site, settings) -> User:
    """A district manager who has a slip and nothing else."""
    settings.SECOND_FACTOR_REQUIRED = True
    return a_member(Duty.DISTRICT_MANAGER, a_college("东社区学院", district="东区"), "manager-east")


@pytest.fixture
def link(invited) -> str:
    by = a_member(Duty.DISTRICT_MANAGER, invited.memberships.get().organisation)
    slip = give_log_in_slip(user=invited, by=by)
    return f"/first-password/{slip.who}/{slip.proof}/"


def looked_at(page) -> None:
    found = judged(page, RULES)
    assert found.violations_count == 0, found.generate_report()


def send(page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [360, 1280])
def test_slip_password_telephone_desk(browser_page, invited, link, width):
    page = browser_page(width=width)
    page.goto(link)
    assert re.search(r"/first-password/$", page.url)
    looked_at(page)
    for field in ("密码", "再填一遍"):
        page.get_by_label(field, exact=True).fill(PASSWORD)
    send(page, "设好密码")
    page.get_by_label("账号名").fill(invited.username)
    page.get_by_label("密码").fill(PASSWORD)
    send(page, "登录")
    looked_at(page)
    device = second_factor.device_of(page.get_attribute("[name=key]", "value"), invited)
    page.get_by_label("填手机上现在的 6 个数字").fill(f"{TOTP(device.bin_key).token():06}")
    send(page, "对一对，设好它")
    looked_at(page)
    assert page.locator(".log-in-codes li").count() == 10
    page.goto("/admin/desk/accounts/")
    assert page.get_by_role("heading", name="账号", exact=True).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
