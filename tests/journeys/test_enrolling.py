"""Enrolling in a real browser: a senior alone, a daughter for her mother, a telephone without scripts."""

import re

import pytest
from django.utils import timezone

from courses.enums import EnrolmentState, FilledBy
from courses.models import CourseRun, Enrolment
from courses.services.enrolment.enrolling import enrol_person
from tests.factories.enrolments import a_wish, some_facts
from tests.journeys.judging import judged

pytestmark = pytest.mark.django_db(transaction=True)


def choose_a_class(page) -> str:
    """Find a class with a seat as a reader does; return its code."""
    page.goto("/classes/?seats=on")
    page.locator(".class-row", has_text="还有").first.click()
    return page.locator("main").get_attribute("data-code")


def fill_in(page, name: str, phone: str):
    page.get_by_label("姓名").fill(name)
    page.get_by_label("电话", exact=False).first.fill(phone)
    page.get_by_label("哪一年生的").fill("1950")
    page.get_by_label("我看过了，同意").check()


def violations(page) -> list[str]:
    found = judged(page, {"resultTypes": ["violations"]})
    return [each["id"] for each in found.response["violations"]]


def send(page):
    page.locator("main form.enrol button.chief").click()
    page.wait_for_load_state()


def test_a_senior_sees_the_seats_mends_a_number_and_gets_a_voucher(browser_page):
    # Not `page`: the browser itself notes each 422 as an error.
    page = browser_page()
    code = choose_a_class(page)
    page.locator(".seats-words").wait_for()
    assert re.search(r"还空 \d+ 座", page.locator("[data-seats]").inner_text())
    page.locator("[data-enrol]").click()
    fill_in(page, "王秀兰", "1380000777")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("main form.enrol button.chief").click()
    page.locator("[role=alert] a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_phone"
    assert page.locator("#id_name").input_value() == "王秀兰"
    page.locator("#id_phone").fill("13800007777")
    send(page)
    row = Enrolment.objects.get(learner__name="王秀兰")
    assert (row.run.code, row.state) == (code, EnrolmentState.CONFIRMED)
    assert page.url.endswith("/enrolments/mine/")


def test_a_number_and_a_mark_stay_whole_in_the_largest_letters(page):
    code = choose_a_class(page)
    page.evaluate("document.cookie = 'display=extra.standard.; path=/'")
    page.goto(f"/classes/{code}/enrol/")
    assert page.locator("html").get_attribute("data-size") == "extra"
    number = page.locator("main .help .number")
    assert re.fullmatch(r"1\d{10}", number.inner_text())
    for whole in (number, page.get_by_text("必填").last):
        lines = "each => { const all = document.createRange(); all.selectNodeContents(each);"
        assert (
            whole.evaluate(lines + " return new Set([...all.getClientRects()].map(line => line.top)).size }")
            == 1
        )


def test_a_daughter_enrols_her_mother(page):
    choose_a_class(page)
    page.locator("[data-enrol]").click()
    page.get_by_label("有事找谁").wait_for(state="hidden")
    fill_in(page, "李阿婆", "")
    page.get_by_label("没有号码").check()
    page.get_by_label("住在哪个街镇").select_option(index=3)
    page.get_by_label("家人或居委帮我填").check()
    page.get_by_label("有事找谁").fill("女儿李芳")
    page.get_by_label("这个人的电话").fill("13900009999")
    send(page)
    row = Enrolment.objects.get(learner__name="李阿婆")
    assert (row.filled_by, row.contact_name) == (FilledBy.HELPER, "女儿李芳")


def test_without_scripts(browser_page):
    page = browser_page(javascript=False)
    choose_a_class(page)
    assert "报名那一页写着" in page.locator("[data-seats]").inner_text()
    page.locator("[data-enrol]").click()
    assert "还空" in page.locator("main").inner_text()
    page.get_by_label("家人或居委帮我填").check()
    assert page.get_by_label("有事找谁").is_visible()
    page.get_by_label("我自己").check()
    fill_in(page, "陈国强", "13800006666")
    send(page)
    assert Enrolment.objects.filter(learner__name="陈国强").exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_has_no_barriers_also_with_errors_shown(browser_page, width):
    page = browser_page(width=width)
    code = choose_a_class(page)
    page.goto(f"/classes/{code}/enrol/")
    assert violations(page) == []
    page.get_by_label("家人或居委帮我填").check()
    page.get_by_label("没有号码").check()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("main form.enrol button.chief").click()
    page.locator("[role=alert]").wait_for()
    assert violations(page) == []


def test_a_full_class_offers_to_wait(browser_page):
    page = browser_page()
    code = choose_a_class(page)
    run = CourseRun.objects.get(code=code)
    CourseRun.objects.filter(pk=run.pk).update(capacity=1)
    page.goto(f"/classes/{code}/enrol/")
    enrol_person(run=run, facts=some_facts(), wish=a_wish(), now=timezone.now())
    page.reload()
    assert page.locator("main form.enrol button.chief").inner_text() == "排候补"
