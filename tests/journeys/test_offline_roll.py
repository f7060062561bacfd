"""A teacher in a cellar without a network, in a real browser: names, taps, reload, sync, and nothing left behind."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from cms.models import User
from courses.enums import Duty
from courses.models import Attendance, ClassSession
from courses.rules.series import at
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.roll_call import put_down
from tests.factories.timetable import a_plan
from tests.journeys.judging import judged
from tests.journeys.test_desk_accessibility import LEAST, LEVELS

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/desk/rolls/offline/"
KEPT = """() => new Promise(resolve => {
    const request = indexedDB.open("roll-call", 1);
    request.onsuccess = () => {
        const stores = request.result.transaction(["sessions", "marks"]);
        const sessions = stores.objectStore("sessions").getAll(), marks = stores.objectStore("marks").getAll();
        marks.onsuccess = () => resolve({ sessions: sessions.result, marks: marks.result });
    };
})"""
# Another day for every session that is kept; what is written is what a day's passing leaves.
NEXT_DAY = """() => new Promise(resolve => {
    const request = indexedDB.open("roll-call", 1);
    request.onsuccess = () => {
        const store = request.result.transaction("sessions", "readwrite").objectStore("sessions");
        store.getAll().onsuccess = event => event.target.result.forEach(
            each => store.put({ ...each, forgotten_at: "2020-01-01T00:00:00+08:00" }));
        store.transaction.oncomplete = resolve;
    };
})"""
LOSE = """() => { const really = window.fetch, seen = document.body.dataset;
window.fetch = async (address, options) => {
    const answer = await really(address, options);
    if (!address.endsWith("/marks/") || seen.lost) return answer;
    seen.lost = "1";
    throw new TypeError("the network is gone");
} }"""
SMALL = """least => [...document.querySelectorAll("main :is(a, button, input)")]
    .filter(each => each.checkVisibility()).map(each => [each.innerText || each.id, each.getBoundingClientRect()])
    .filter(([, box]) => box.height < least).map(([words, box]) => `${words} ${box.height}`)"""


@dataclass
class World:
    """A session that may be called now, with three people, and who calls it."""

    session: ClassSession
    names: list[str]
    clerk: User


@pytest.fixture
def world(site) -> World:
    school = a_school(a_college("东方社区学院", district="东方区"), "东方社区学校")
    # Midnight is far enough whenever the tests run: the session began when the day did.
    plan = a_plan(room=a_room(a_venue(school)), on=timezone.localdate() + timedelta(days=2))
    run = an_open_run(plan, organiser=school, title="微信")
    names = [each.learner.name for each in enrolled(run, 3, now=timezone.now())]
    today = timezone.localdate()
    starts = at(today, timezone.datetime.min.time())
    run.sessions.update(starts_at=starts, ends_at=starts + timedelta(hours=11))
    return World(run.sessions.get(), sorted(names), a_member(Duty.SCHOOL_STAFF, school))


@pytest.fixture
def log_in(site):
    def logging_in(page, user):
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])

    return logging_in


@pytest.fixture
def desk(browser_page, world, log_in):
    """A function that opens a window in which the school's clerk is logged in."""

    def open_desk(width=360):
        page = browser_page(width=width)
        page.set_default_navigation_timeout(60_000)
        log_in(page, world.clerk)
        return page

    return open_desk


@pytest.fixture
def prepared(desk, world):
    """A window in which the roll is prepared, the page kept by the browser, and the network gone."""
    page = desk()
    page.goto(f"/admin/desk/sessions/{world.session.pk}/roll/")
    page.get_by_role("link", name="准备离线点名").click()
    page.get_by_role("button", name="存到这台机器上").click()
    expect(page.get_by_text("准备好了。没有网，也能点名。")).to_be_visible()
    page.context.set_offline(True)
    return page


def tap(page, name: str, words: str) -> None:
    page.get_by_role("group", name=name).get_by_role("button", name=words, exact=True).click()


def is_down(page, name: str, words: str) -> None:
    button = page.get_by_role("group", name=name).get_by_role("button", name=words, exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")


def count(page):
    return page.locator(".off-count")


def put_down_here(world):
    """Return the lines of this session; the demo has a history of its own."""
    return Attendance.objects.filter(session=world.session)


def states(world) -> dict[str, str]:
    return {row.learner.name: row.state for row in put_down_here(world).last().select_related("learner")}


def test_prepared_called_without_a_network_and_sent_when_it_is_back(prepared, world):
    page, (first, second, third) = prepared, world.names
    page.reload()
    page.get_by_role("button", name="没点的都到了").click()
    expect(count(page)).to_have_text("未同步 3 条")
    tap(page, second, "没来")
    tap(page, third, "早退")
    page.get_by_role("group", name=third).get_by_label("在了几分钟").fill("30")
    tap(page, third, "记下")
    # What is shown is kept.
    is_down(page, third, "早退")
    page.reload()
    is_down(page, second, "没来")
    expect(count(page)).to_have_text("未同步 3 条")
    assert not put_down_here(world).exists()
    page.context.set_offline(False)
    expect(count(page)).to_have_text("都同步了")
    assert states(world) == {first: "present", second: "absent", third: "left-early"}
    page.get_by_role("button", name="点完了").click()
    expect(page.get_by_text("姓名已经从这台机器上删掉了")).to_be_visible()
    assert page.evaluate(KEPT) == {"sessions": [], "marks": []}


def test_an_answer_that_got_lost_is_asked_for_again_and_counts_once(prepared, world):
    page = prepared
    page.get_by_role("button", name="没点的都到了").click()
    # The server puts it down, and the device does not hear of it.
    page.evaluate(LOSE)
    page.context.set_offline(False)
    page.wait_for_selector("body[data-lost]")
    expect(count(page)).to_have_text("未同步 3 条")
    assert put_down_here(world).count() == 3
    page.get_by_role("button", name="现在同步").click()
    expect(count(page)).to_have_text("都同步了")
    assert put_down_here(world).count() == 3


def test_who_has_to_log_in_again_loses_nothing(prepared, world, log_in):
    page = prepared
    page.get_by_role("button", name="没点的都到了").click()
    Session.objects.all().delete()
    page.context.set_offline(False)
    way = page.get_by_role("link", name="去登录")
    expect(way).to_be_visible()
    back = f"/admin/login/?next={PAGE}%23session%3D{world.session.pk}"
    assert way.get_attribute("href") == back
    expect(count(page)).to_have_text("未同步 3 条")
    # Somebody else on the same device does not send them under their own name.
    log_in(page, a_member(Duty.SCHOOL_STAFF, world.session.run.organiser))
    page.goto(PAGE)
    expect(page.get_by_text("这些是另一个账号点的")).to_be_visible()
    log_in(page, world.clerk)
    page.goto(PAGE)
    expect(page.get_by_text("姓名已经从这台机器上删掉了")).to_be_visible()
    assert set(states(world).values()) == {"present"}
    assert page.evaluate(KEPT) == {"sessions": [], "marks": []}


@pytest.mark.parametrize(("choice", "state"), [("用我的", "present"), ("用现在的", "excused")])
def test_what_somebody_else_put_down_meanwhile_is_decided_by_a_person(prepared, world, choice, state):
    page, name = prepared, world.names[0]
    tap(page, name, "到了")
    learner = world.session.run.enrolments.get(learner__name=name).learner
    put_down(world.session, learner, state="excused", by=world.clerk, now=timezone.now())
    page.context.set_offline(False)
    expect(page.locator(".off-conflicts li")).to_contain_text(f"{name}：您点的是“到了”。点名册上现在是“请假”")
    expect(count(page)).to_have_text("未同步 1 条")
    page.get_by_role("button", name=choice).click()
    expect(page.locator(".off-conflicts")).to_be_hidden()
    expect(count(page)).to_have_text("都同步了")
    assert states(world) == {name: state}


def test_what_was_given_up_is_not_taken_back_over_somebody_else(prepared, world):
    page, name = prepared, world.names[0]
    tap(page, name, "到了")
    learner = world.session.run.enrolments.get(learner__name=name).learner
    put_down(world.session, learner, state="excused", by=world.clerk, now=timezone.now())
    page.context.set_offline(False)
    page.get_by_role("button", name="用现在的").click()
    expect(count(page)).to_have_text("都同步了")
    expect(page.get_by_role("button", name="撤销刚才的")).to_be_hidden()
    is_down(page, name, "请假")


def test_taking_back_before_and_after_it_was_sent(prepared, world):
    page, name = prepared, world.names[0]
    tap(page, name, "到了")
    tap(page, name, "没来")
    page.get_by_role("button", name="撤销刚才的").click()
    is_down(page, name, "到了")
    page.context.set_offline(False)
    expect(count(page)).to_have_text("都同步了")
    page.get_by_role("button", name="撤销刚才的").click()
    expect(count(page)).to_have_text("未同步 1 条")
    page.get_by_role("button", name="现在同步").click()
    expect(count(page)).to_have_text("都同步了")
    assert states(world) == {name: "struck"}


def test_at_midnight_names_go_and_what_was_not_sent_stays_as_numbers(prepared, world):
    page = prepared
    page.get_by_role("button", name="没点的都到了").click()
    expect(count(page)).to_have_text("未同步 3 条")
    page.evaluate(NEXT_DAY)
    page.reload()
    expect(page.locator(".off-loud")).to_contain_text("有 3 条没有同步。姓名已经删掉了")
    kept = str(page.evaluate(KEPT))
    assert not any(name in kept for name in world.names)
    page.context.set_offline(False)
    expect(page.locator(".off-loud")).to_have_count(0)
    assert set(states(world).values()) == {"present"}
    assert page.evaluate(KEPT) == {"sessions": [], "marks": []}


def test_who_logs_out_leaves_no_names(prepared, world):
    page = prepared
    page.context.set_offline(False)
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto("/admin/desk/")
    page.locator(".sidebar-footer__account-toggle, .sidebar-footer button").first.click()
    page.locator(".sidebar").get_by_role("button", name="退出").click()
    page.wait_for_url(re.compile("/admin/login/"))
    assert page.evaluate(KEPT) == {"sessions": [], "marks": []}


def test_searching_and_what_stays_outside(prepared, world):
    page, name = prepared, world.names[0]
    page.get_by_label("找姓名").fill(name)
    expect(page.locator(".off-people > li:visible")).to_have_count(1)
    expect(page.get_by_text("临时来的人，先写在纸上")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_fits_and_has_large_targets(desk, world, pictures, width):
    page, wrong = desk(width), {}

    def look(name):
        page.screenshot(path=pictures / f"offline-{name}-{width}.png", full_page=True)
        found = judged(page, LEVELS)
        too_wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
        said = [
            found.generate_report() if found.violations_count else "",
            too_wide,
            page.evaluate(SMALL, LEAST),
        ]
        wrong[name] = [each for each in said if each]

    page.goto(PAGE)
    expect(page.get_by_text("现在没有。")).to_be_visible()
    look("nothing")
    page.goto(f"{PAGE}#prepare={world.session.pk}")
    look("prepare")
    page.get_by_role("button", name="存到这台机器上").click()
    expect(page.get_by_text("准备好了。没有网，也能点名。")).to_be_visible()
    page.context.set_offline(True)
    tap(page, world.names[0], "到了")
    page.get_by_role("group", name=world.names[1]).get_by_role("button", name="早退").click()
    expect(count(page)).to_have_text("未同步 1 条")
    look("roll")
    learner = world.session.run.enrolments.get(learner__name=world.names[0]).learner
    put_down(world.session, learner, state="excused", by=world.clerk, now=timezone.now())
    page.context.set_offline(False)
    expect(page.locator(".off-conflicts li")).to_be_visible()
    look("conflict")
    assert {name: report for name, report in wrong.items() if report} == {}
