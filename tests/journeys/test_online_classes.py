"""In a real browser: a senior studies a recorded class alone, also with scripts off; a clerk puts down minutes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.enums import Duty, RunMode
from courses.models import Attendance, LessonPage
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run, enrolled, somebody_enrols
from tests.factories.meetings import a_list
from tests.factories.recorded import a_recorded_lesson, a_recorded_run
from tests.factories.timetable import a_plan, moment
from tests.journeys.judging import judged
from tests.journeys.test_desk_accessibility import LEAST, LEVELS, SMALL
from tests.journeys.test_my_enrolment import MINE, looks_up, nothing_found

pytestmark = pytest.mark.django_db(transaction=True)

WANG = {"name": "王秀兰", "phone": "13800004567"}
STUDY = f"{MINE}study/1/"


@pytest.fixture
def began():
    """The day before yesterday: the window is open."""
    return timezone.localdate() - timedelta(days=2)


@pytest.fixture
def recorded(site, began):
    """A voucher of a recorded class that began the day before yesterday."""

    def enrols(*lessons: LessonPage):
        run = a_recorded_run(
            *lessons, plans=[a_plan("09:00", began, mode=RunMode.RECORDED)], contact_phone="021-62570000"
        )
        return somebody_enrols(run, now=moment("09:00", began - timedelta(days=3)), **WANG).enrolment

    return enrols


def test_with_scripts_off_one_goes_to_the_end(browser_page, recorded):
    page = browser_page(javascript=False)
    looks_up(page, recorded(a_recorded_lesson(2, questions=1)))
    page.get_by_role("link", name="开始学第 1 次").click()
    for _ in range(2):
        page.get_by_role("button", name="看过了，下一步").click()
    page.get_by_role("button", name="想好了，看答案").click()
    expect(page.locator("main")).to_contain_text("第 1 答。")
    page.get_by_role("link", name="看看学完没有").click()
    expect(page.get_by_role("heading", name="学完了，记上了")).to_be_visible()
    assert (
        Attendance.objects.get(learner__name=WANG["name"], session__mode=RunMode.RECORDED).state == "present"
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out_while_studying(browser_page, recorded, pictures, width):
    page = browser_page(width=width)
    looks_up(page, recorded(LessonPage.objects.live().exclude(questions=[]).first()))
    screens = {"own": MINE, "step": STUDY, "question": f"{STUDY}?at=80", "missing": f"{STUDY}?at=99"}
    page.goto(f"{STUDY}?at=99")
    first_question = page.locator("main .mine-links a", has_text="道题").first.get_attribute("href")
    screens["question"] = STUDY + first_question
    for name, address in screens.items():
        page.goto(address)
        page.screenshot(path=pictures / f"study-{name}-{width}.png", full_page=True)
        nothing_found(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.get_by_role("link", name="第 1 步").click()
    page.get_by_role("button", name="看过了，下一步").click()
    page.goto(screens["question"])
    page.get_by_role("button", name="想好了，看答案").click()
    page.screenshot(path=pictures / f"study-answer-{width}.png", full_page=True)
    nothing_found(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_end_is_said_and_looks_right(browser_page, recorded, pictures, width):
    page = browser_page(width=width)
    looks_up(page, recorded(a_recorded_lesson(1, questions=0)))
    page.goto(STUDY)
    page.get_by_role("button", name="看过了，下一步").click()
    nothing_found(page)
    page.get_by_role("button", name="我做过了").click()
    expect(page.get_by_role("heading", name="学完了，记上了")).to_be_visible()
    page.screenshot(path=pictures / f"study-end-{width}.png", full_page=True)
    nothing_found(page)


@pytest.fixture
def live(site, began):
    """A hybrid session of the day before yesterday with three people."""
    school = a_school(a_college("东方社区学院", district="东方区"), "田林社区学校")
    plan = a_plan("09:00", began, room=a_room(a_venue(school)), mode=RunMode.HYBRID)
    run = an_open_run(plan, organiser=school, mode=RunMode.HYBRID, link="https://meet.example.org/1", seats=9)
    before = moment("09:00", began - timedelta(days=3))
    somebody_enrols(run, now=before, **WANG)
    enrolled(run, 2, now=before)
    return run.sessions.get()


@pytest.fixture
def desk(browser_page, client, site, live):
    """A function that opens a window in which the school's clerk is logged in."""
    client.force_login(a_member(Duty.SCHOOL_STAFF, live.run.organiser))
    cookie = client.cookies["sessionid"].value

    def open_desk(width):
        page = browser_page(width=width)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return open_desk


def looks_right(page, name, pictures, width):
    page.wait_for_selector("body.ready .sidebar", state="attached")
    page.screenshot(path=pictures / f"online-{name}-{width}.png", full_page=True)
    found = judged(page, LEVELS)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)") == 0
    assert page.evaluate(SMALL, LEAST) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_minutes_by_keyboard_and_a_list_seen_first(desk, live, began, pictures, width):
    page = desk(width)
    page.goto(f"/admin/desk/sessions/{live.pk}/roll/online/")
    looks_right(page, "roll", pictures, width)
    page.locator(".online-rows input[type=text]").first.focus()
    for typed in ("80", "200"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector(".desk-problems")
    looks_right(page, "roll-wrong", pictures, width)
    page.locator(".online-wrong input[type=text]").fill("12")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".desk")).to_contain_text("不到 54 分钟")
    # Without the message, which comes in slowly and is pale until then.
    page.reload()
    looks_right(page, "roll-said", pictures, width)
    page.get_by_role("link", name="导入参会名单").click()
    looks_right(page, "upload", pictures, width)
    rows = [
        ["静安-王秀兰", f"{began} 09:00:00", f"{began} 10:30:00", ""],
        ["兰兰", f"{began} 09:00:00", f"{began} 09:10:00", ""],
    ]
    page.locator("input[type=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": a_list(*rows, ["某人", "", "", "很久"])}
    )
    page.get_by_role("button", name="先看看认出了谁").click()
    looks_right(page, "preview", pictures, width)
    page.get_by_role("button", name="没错，记下来").click()
    page.wait_for_selector(".desk-problems")
    looks_right(page, "preview-wrong", pictures, width)
    page.get_by_label("兰兰").select_option("nobody")
    page.get_by_role("button", name="没错，记下来").click()
    expect(page.locator(".desk")).to_contain_text("在线 90 分钟")
