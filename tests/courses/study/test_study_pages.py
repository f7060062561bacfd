"""Studying on one's own page: without scripts, one thing at a time, only with a voucher."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from courses.enums import RunMode
from courses.models import Attendance, StudyProgress
from courses.services.enrolment.cancelling import cancel
from courses.services.scheduling.sessions import cancel_sessions
from tests.courses.enrolment.own import MINE, looks_up, main, soup, ways
from tests.factories.enrolments import an_open_run, somebody_enrols
from tests.factories.recorded import NOW, a_recorded_lesson, a_recorded_run, goes_through
from tests.factories.timetable import DAY, a_plan, moment, weekly
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

FIRST = f"{MINE}study/1/"
WANG = {"name": "王秀兰", "phone": "13800004567"}


@pytest.fixture(autouse=True)
def within_the_window():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run():
    return a_recorded_run(a_recorded_lesson(title="扫码乘车"))


@pytest.fixture
def enrolment(run):
    return somebody_enrols(run, **WANG).enrolment


@pytest.fixture
def wang(client, enrolment):
    return looks_up(client, enrolment)


def taps_on(browser, page):
    """Press the page's chief button, or follow its chief link; return what is shown then."""
    chief = soup(page).main.select_one(".chief")
    if chief.name == "a":
        return browser.get(FIRST + chief["href"])
    sent = {field["name"]: field["value"] for field in chief.find_parent("form").select("input[name=at]")}
    return browser.post(FIRST, sent, follow=True)


def test_the_own_page_leads_to_what_is_open(wang):
    page = soup(wang.get(MINE))
    assert page.main.find("a", href=FIRST).get_text() == "开始学第 1 次"
    assert "学到 11月24日为止" in main(wang.get(MINE))
    assert "扫码乘车" in main(wang.get(MINE))


def test_what_can_be_studied_at_any_hour_names_none(client):
    run = a_recorded_run(plans=weekly(a_plan(mode=RunMode.RECORDED), 3))
    lead = soup(client.get(f"/classes/{run.code}/enrol/")).main.select_one(".lead").get_text()
    assert "什么时候学都行" in lead
    assert "下午" not in lead
    wang = looks_up(client, somebody_enrols(run, **WANG).enrolment)
    assert "一共 3 次" not in main(wang.get(MINE))
    assert "星期" not in soup(wang.get(f"{MINE}cancel/")).main.select_one(".lead").get_text()


def test_nobody_is_led_to_a_session_with_nothing_in_it_yet(wang, run):
    (session,) = run.sessions.all()
    session.lessons.set([a_recorded_lesson(live=False, title="还在写")])
    page = soup(wang.get(MINE))
    assert not page.main.find("a", href=FIRST)
    assert "课还没有放上来" in page.main.get_text()
    assert "还在写" not in page.main.get_text()


def test_from_the_first_step_to_the_end_by_one_button(wang):
    page = wang.get(FIRST)
    for number in range(1, 6):
        assert f"做第 {number} 件事。" in main(page)
        assert f"看过 {number - 1} 步，一共 5 步" in main(page)
        page = taps_on(wang, page)
    for number in range(1, 4):
        assert f"第 {number} 问？" in main(page)
        assert f"第 {number} 答。" not in main(page)
        page = taps_on(wang, page)
        assert f"第 {number} 答。" in main(page)
        page = taps_on(wang, page)
    assert "学完了，记上了" in main(page)
    line = Attendance.objects.get()
    assert (line.state, line.how, line.happened_at) == ("present", "online", NOW)
    assert "学完了，记上了" in main(wang.get(MINE))


def test_one_goes_on_where_one_stopped(wang, enrolment):
    goes_through(enrolment, [1, 2])
    assert "接着学第 1 次" in main(wang.get(MINE))
    assert "做第 3 件事。" in main(wang.get(FIRST))


def test_one_may_go_back_and_look_again(wang, enrolment):
    goes_through(enrolment, [1, 2])
    assert "做第 1 件事。" in main(wang.get(f"{FIRST}?at=1"))
    assert "上一步" not in ways(wang.get(f"{FIRST}?at=1"))
    assert "上一步" in ways(wang.get(f"{FIRST}?at=2"))


def test_at_the_end_it_says_what_is_missing_and_leads_there(wang, enrolment):
    goes_through(enrolment, [1, 2, 3, 6, 7])
    page = wang.get(f"{FIRST}?at=9")
    assert "还要再看 1 步" in main(page)
    assert {"第 4 步", "第 5 步", "第 3 道题"} <= ways(page)
    assert not Attendance.objects.exists()


def test_steps_beyond_enough_are_not_asked_for(wang, enrolment):
    goes_through(enrolment, [1, 2, 3, 4, 6])
    found = ways(wang.get(f"{FIRST}?at=9"))
    assert {"第 2 道题", "第 3 道题"} <= found
    assert "第 5 步" not in found


def test_an_answer_is_not_shown_to_who_did_not_say_they_thought_about_it(wang):
    assert "第 1 答。" not in main(wang.get(f"{FIRST}?at=6&answer=1"))


def test_two_tabs_and_a_button_pressed_twice_count_once(enrolment):
    first, second = looks_up(Client(), enrolment), looks_up(Client(), enrolment)
    for place in range(1, 9):
        for browser in (first, second, first):
            browser.post(FIRST, {"at": str(place)})
    assert Attendance.objects.count() == 1
    assert StudyProgress.objects.get().completed_at == NOW


def test_reading_and_pressing_without_a_voucher_counts_nothing(run, enrolment):
    stranger = Client()
    lesson = run.sessions.get().lessons.get()
    assert stranger.get(lesson.url).status_code == 200
    for answer in (stranger.get(FIRST), stranger.post(FIRST, {"at": "1"})):
        assert (answer.status_code, answer.url) == (303, "/enrolments/")
    assert not StudyProgress.objects.exists()
    assert not Attendance.objects.exists()


def test_reading_the_lesson_itself_with_a_voucher_counts_nothing(wang, run):
    wang.get(run.sessions.get().lessons.get().url)
    assert not StudyProgress.objects.exists()


@pytest.mark.parametrize("asked", ["", "x", "-1", "99999999999999999999", "³"])
def test_nonsense_in_a_form_or_an_address_does_nothing(wang, asked):
    assert wang.post(FIRST, {"at": asked}).status_code == 303
    assert wang.get(FIRST, {"at": asked}).status_code == 200
    assert StudyProgress.objects.get().done == []


@pytest.mark.parametrize("number", ["2", "99999999999999999999999"])
def test_a_session_that_is_not_there_is_not_found(wang, number):
    assert wang.get(f"{MINE}study/{number}/").status_code == 404
    assert wang.post(f"{MINE}study/{number}/", {"at": "1"}).status_code == 404


def test_a_session_that_is_not_recorded_is_not_found(client):
    looks_up(client, somebody_enrols(an_open_run(seats=3)).enrolment)
    assert client.get(FIRST).status_code == 404


def test_a_closed_window_is_said_and_nothing_is_kept(enrolment):
    with time_machine.travel(moment("09:00", on=DAY + timedelta(days=14)), tick=False):
        browser = looks_up(Client(), enrolment)
        assert "学到 11月24日为止，时间过了" in main(browser.get(MINE))
        for answer in (browser.get(FIRST), browser.post(FIRST, {"at": "1"})):
            assert answer.status_code == 422
            assert "时间过了，记不上了" in main(answer)
    assert not StudyProgress.objects.exists()


def test_who_has_studied_is_not_led_back_behind_the_window(enrolment):
    goes_through(enrolment, range(1, 9))
    assert "再看第 1 次" in ways(looks_up(Client(), enrolment).get(MINE))
    with time_machine.travel(moment("09:00", on=DAY + timedelta(days=14)), tick=False):
        page = looks_up(Client(), enrolment).get(MINE)
        assert "学完了，记上了" in main(page)
        assert "再看第 1 次" not in ways(page)


def test_what_opens_later_says_when():
    run = a_recorded_run(plans=weekly(a_plan(mode=RunMode.RECORDED), 2))
    browser = looks_up(Client(), somebody_enrols(run).enrolment)
    assert "11月18日 下午 2:00可以开始学" in main(browser.get(MINE))
    assert "下午 2:00开始，到时候再来学" in main(browser.get(f"{MINE}study/2/"))


def test_a_cancelled_session_is_said(wang, run):
    cancel_sessions(sessions=[run.sessions.get()], because="重录", by=None, now=NOW)
    assert "这次课取消了，不用学。" in main(wang.post(FIRST, {"at": "1"}))
    assert not StudyProgress.objects.exists()


def test_who_cancelled_is_led_no_further(wang, enrolment):
    cancel(enrolment=enrolment, by=None, now=NOW - timedelta(days=2))
    assert "在家里自己学" not in main(wang.get(MINE))
    assert "现在没有座位" in main(wang.get(FIRST))


def test_no_cache_keeps_it_and_nobody_finds_it(wang):
    answer = wang.get(FIRST)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_form_of_another_site_does_nothing(enrolment):
    browser = looks_up(Client(enforce_csrf_checks=True), enrolment)
    assert browser.post(FIRST, {"at": "1"}).status_code == 403
    assert not StudyProgress.objects.exists()


def test_the_own_page_asks_the_database_as_often_for_three_sessions_as_for_one():
    counts = []
    for times in (1, 3):
        run = a_recorded_run(plans=weekly(a_plan(mode=RunMode.RECORDED), times))
        browser = looks_up(Client(), somebody_enrols(run).enrolment)
        counts.append(queries_of(lambda own=browser: own.get(MINE)))
    assert counts[0] == counts[1]


def test_a_step_asks_the_database_as_often_in_a_long_lesson_as_in_a_short_one():
    counts = []
    for steps in (1, 3):
        run = a_recorded_run(a_recorded_lesson(steps))
        browser = looks_up(Client(), somebody_enrols(run).enrolment)
        counts.append(queries_of(lambda own=browser: own.get(f"{FIRST}?at=1")))
    assert counts[0] == counts[1]


def test_a_recording_elsewhere_is_linked_too(client):
    run = a_recorded_run(link="https://example.org/film")
    page = soup(looks_up(client, somebody_enrols(run).enrolment).get(MINE))
    assert page.main.find("a", href="https://example.org/film").get_text() == "看录像"


def test_the_copy_of_ones_data_says_how_far_one_is(wang, enrolment):
    goes_through(enrolment, [1, 2])
    copy = wang.post(f"{MINE}copy/", {"form": "file"}).json()
    assert copy["报名"][0]["自己学第 1 次课"] == "看过、做过 2 样"
    goes_through(enrolment, [3, 4, 6, 7, 8])
    copy = wang.post(f"{MINE}copy/", {"form": "file"}).json()
    assert copy["报名"][0]["自己学第 1 次课"] == "2026-11-11 15:00 学完"
