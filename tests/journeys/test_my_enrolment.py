"""After enrolling, in a real browser: see the voucher, cancel, take it back; also with scripts off."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.services.enrolment.cancelling import cancel
from courses.services.scheduling.runs import publish_run
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.enrolments import somebody_enrols
from tests.factories.timetable import a_plan, a_run, weekly
from tests.journeys.judging import judged

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "/enrolments/mine/"
PHONE = "13800004567"


@pytest.fixture
def run(site):
    """A class with one seat, in a fortnight."""
    school = a_school()
    room = a_room(a_venue(school, "曹杨活动室", way="地铁曹杨路站 2 号口"), seats=None)
    first = a_plan("09:30", timezone.localdate() + timedelta(days=14), room=room)
    run = a_run(*weekly(first, 3), organiser=school, capacity=1, title="扫码付钱，三看再按", bring="手机")
    return publish_run(run=run, by=None, at=timezone.now())


def enrols(run, **who):
    return somebody_enrols(run, now=timezone.now(), **who).enrolment


def looks_up(page, row, tail=PHONE[-4:]):
    """Find the enrolment as somebody does who has the paper in hand."""
    page.goto("/enrolments/")
    page.get_by_label("凭证上的 8 个数字").fill(f"{row.voucher[:4]} {row.voucher[4:]}")
    page.get_by_label("号码的最后 4 个数字").fill(tail)
    page.get_by_role("button", name="查报名").click()
    page.wait_for_url(f"**{MINE}")


def nothing_found(page):
    found = judged(page, {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def cancels_and_takes_it_back(page):
    page.get_by_role("link", name="来不了，取消报名").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("要取消报名吗？")
    page.get_by_role("button", name="取消报名").click()
    expect(page.get_by_role("status")).to_contain_text("这个报名取消了")
    page.get_by_role("button", name="按错了，要回来").click()
    expect(page.get_by_role("status")).to_contain_text("报上了，座位留好了")


def test_a_senior_enrols_cancels_and_takes_it_back(page, run):
    page.goto(f"/classes/{run.code}/enrol/")
    page.locator("[name=name]").fill("王秀兰")
    page.locator("[name=phone]").fill("138 0000 4567")
    page.locator("[name=birth_year]").fill("1950")
    page.locator("[name=consent]").check()
    page.locator("main button.chief").click()
    page.wait_for_url(f"**{MINE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("报名凭证")
    expect(page.locator("main")).to_contain_text("王秀兰（手机尾号 4567）")
    cancels_and_takes_it_back(page)
    page.get_by_role("button", name="看好了，关掉").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("关好了")
    page.goto(MINE)
    page.wait_for_url("**/enrolments/")


def test_with_scripts_off_everything_works(browser_page, run):
    page = browser_page(javascript=False)
    row = enrols(run, name="王秀兰", phone=PHONE)
    looks_up(page, row)
    cancels_and_takes_it_back(page)
    page.get_by_role("link", name="改电话，改找谁").click()
    page.get_by_label("您的新手机号").fill("139")
    page.get_by_role("button", name="改好了").click()
    expect(page.get_by_role("alert")).to_contain_text("有 1 处要改")
    page.get_by_label("您的新手机号").fill("13900007777")
    page.get_by_role("button", name="改好了").click()
    expect(page.locator("main")).to_contain_text("139****7777")
    page.goto(f"{MINE}withdraw/")
    page.get_by_label("我知道了").check()
    page.get_by_role("button", name="删掉我的资料").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您的资料删好了")


def test_whose_turn_it_is_answers_with_one_tap(page, run):
    first, second = enrols(run), enrols(run, name="李国强", phone=PHONE)
    cancel(enrolment=first, by=None, now=timezone.now())
    looks_up(page, second)
    page.get_by_role("button", name="我要来").click()
    expect(page.get_by_role("status")).to_contain_text("报上了，座位留好了")


def test_no_address_holds_anything_of_the_person(page, run):
    asked = []
    page.on("request", lambda request: asked.append(request.url + request.headers.get("referer", "")))
    row = enrols(run, name="王秀兰", phone=PHONE)
    looks_up(page, row)
    assert not [each for each in asked if row.voucher in each or PHONE[-4:] in each]


def test_the_voucher_is_printed_with_its_code_and_nothing_to_press(browser_page, run):
    page = browser_page(width=703)
    looks_up(page, enrols(run, name="王秀兰", phone=PHONE))
    page.emulate_media(media="print")
    expect(page.locator(".voucher")).to_be_visible()
    expect(page.locator("main .qr")).to_be_visible()
    assert page.locator("main .button:visible, header:visible, main form:visible").count() == 0
    width = page.locator("main .qr").bounding_box()["width"]
    assert width / 96 * 25.4 == pytest.approx(40, abs=0.5)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_look_up_with_and_without_errors(browser_page, width):
    page = browser_page(width=width)
    page.goto("/enrolments/")
    nothing_found(page)
    page.get_by_label("凭证上的 8 个数字").fill("48")
    page.get_by_role("button", name="查报名").click()
    page.get_by_role("alert").wait_for()
    nothing_found(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_ones_own_pages(browser_page, run, width):
    page = browser_page(width=width)
    first, second = enrols(run, name="王秀兰", phone=PHONE), enrols(run, name="李国强", phone=PHONE)
    looks_up(page, second)
    nothing_found(page)
    looks_up(page, first)
    nothing_found(page)
    for what in ("cancel/", "contact/", "contact/kept/", "copy/", "withdraw/"):
        page.goto(f"{MINE}{what}")
        nothing_found(page)
    page.get_by_role("button", name="删掉我的资料").click()
    page.get_by_role("alert").wait_for()
    nothing_found(page)
    page.goto(f"{MINE}copy/")
    page.get_by_role("button", name="看一看，能打印").click()
    nothing_found(page)
    cancel(enrolment=first, by=None, now=timezone.now())
    looks_up(page, second)
    page.get_by_role("button", name="我要来").wait_for()
    nothing_found(page)


@pytest.mark.parametrize("display", ["standard.standard.", "extra.high."])
def test_nothing_sticks_out_at_the_side(browser_page, run, site, display):
    page = browser_page(width=320)
    page.context.add_cookies([{"name": "display", "value": display, "url": site}])
    looks_up(page, enrols(run, name="王秀兰", phone=PHONE))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
