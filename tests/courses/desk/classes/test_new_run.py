"""开一个班: three steps, everything that was filled in travels along, nothing is saved before the end."""

from datetime import date, time

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import Duty
from courses.models import CourseRun, Term
from tests.factories.classes import a_member, a_person, a_room, a_school, a_venue
from tests.factories.pages import a_module
from tests.factories.places import open_week
from tests.factories.timetable import a_plan, a_run

pytestmark = pytest.mark.django_db

NEW = "/admin/desk/classes/new/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-09-01 09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林活动室"), seats=20)


@pytest.fixture
def answers(school, room):
    """What somebody fills in, step by step."""
    term = Term.objects.create(
        code="32B", name="2026 秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 15)
    )
    module = a_module(title="手机入门", main_scenario=Scenario.PHONE)
    what = {
        "module": module.pk,
        "organiser": school.pk,
        "kind": "series",
        "mode": "onsite",
        "tongue": "mandarin",
    }
    what |= {"fee": "0", "capacity": "18"}
    when = {"term": term.pk, "first_day": "2026-09-09", "weekdays": ["3"], "starts": "14:00", "ends": "15:30"}
    return {
        "what": what,
        "when": when | {"times": "8"},
        "where": {"room": room.pk, "contact_phone": "021-64567890"},
    }


def page_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def filled(page) -> dict:
    """What the page would send: its hidden fields, and what stands in the others."""
    form = page.select_one("form.desk-form")
    fields: dict[str, list] = {}
    for field in form.select("input[name], select[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            fields.setdefault(field["name"], []).extend(o["value"] for o in field.select("option[selected]"))
        else:
            fields.setdefault(field["name"], []).append(field.get("value", ""))
    return fields


def go(planner, answers, *, until="where"):
    page = page_of(planner.get(NEW))
    for step in ("what", "when", "where"):
        response = planner.post(NEW, filled(page) | answers[step])
        if step == until:
            return response
        page = page_of(response)
    return None


def test_a_term_of_eight_in_three_steps(planner, answers, room):
    response = go(planner, answers)
    run = CourseRun.objects.get()
    assert response.url == f"/admin/desk/classes/{run.pk}/"
    assert (run.title, run.capacity, run.room, run.published_at) == ("手机入门", 18, room, None)
    days = [session.on for session in run.sessions.all()]
    assert len(days) == 8
    assert date(2026, 10, 7) not in days
    assert {session.main_scenario for session in run.sessions.all()} == {Scenario.PHONE}


def test_nothing_is_saved_before_the_end(planner, answers):
    page = page_of(go(planner, answers, until="when"))
    assert not CourseRun.objects.exists()
    text = page.get_text()
    assert "10月7日 星期三：跳过" in text
    assert "国庆节放假" in text


def test_a_holiday_can_be_held_all_the_same(planner, answers):
    go(planner, answers | {"where": answers["where"] | {"kept": ["2026-10-07"]}})
    days = [session.on for session in CourseRun.objects.get().sessions.all()]
    assert date(2026, 10, 7) in days
    assert len(days) == 8


def test_what_is_wrong_stays_filled_in(planner, answers):
    wrong = answers["when"] | {"ends": "13:00"}
    page = page_of(go(planner, answers | {"when": wrong}, until="when"))
    assert "下课的时间要在上课后面" in page.get_text()
    assert page.select_one("[name=times]")["value"] == "8"
    assert page.select_one("input[type=hidden][name=capacity]")["value"] == "18"


def test_going_back_loses_nothing_of_what_came_after(planner, answers, school, room):
    helper = a_person(school, "李志愿")
    told = answers["where"] | {"helpers": [helper.pk], "audience": "", "bring": "身份证"}
    page = page_of(go(planner, answers, until="when"))
    assert [button.get_text(strip=True) for button in page.select(".desk-steps button")] == [
        "1 学什么",
        "2 什么时候",
    ]
    page = page_of(planner.post(NEW, filled(page) | told | {"back_to": "what"}))
    assert page.select_one("[name=capacity]")["value"] == "18"
    page = page_of(planner.post(NEW, filled(page) | {"capacity": "16"}))
    assert page.select_one("[name=first_day]")["value"] == "2026-09-09"
    page = page_of(planner.post(NEW, filled(page)))
    kept = filled(page)
    assert (kept["room"], kept["helpers"]) == ([str(room.pk)], [str(helper.pk)])
    assert (kept["audience"], kept["bring"], kept["contact_phone"]) == ([""], ["身份证"], ["021-64567890"])
    assert not page.select(".desk-wrong")
    planner.post(NEW, kept)
    run = CourseRun.objects.get()
    assert (run.capacity, run.bring, run.contact_phone) == (16, "身份证", "02164567890")
    assert list(run.sessions.first().helpers.all()) == [helper]


def test_going_back_to_the_time_shows_the_time(planner, answers):
    page = page_of(go(planner, answers, until="when"))
    page = page_of(planner.post(NEW, filled(page) | answers["where"] | {"back_to": "when"}))
    assert page.select_one("[name=first_day]")["value"] == "2026-09-09"
    assert page.select_one("input[type=hidden][name=contact_phone]")["value"] == "021-64567890"


def test_enter_never_leads_back(planner, answers):
    page = page_of(go(planner, answers, until="when"))
    first = page.select_one(".desk button[type=submit]")
    assert not first.has_attr("name")
    assert first["form"] == page.select_one("form.desk-form")["id"]


@pytest.mark.parametrize(("number", "kept"), [("12345", "12345"), ("(021) 6456 7890", "02164567890")])
def test_the_contact_number_is_kept_in_digits(planner, answers, number, kept):
    go(planner, answers | {"where": answers["where"] | {"contact_phone": number}})
    assert CourseRun.objects.get().contact_phone == kept


def test_a_wrong_contact_number_is_refused(planner, answers):
    page = page_of(go(planner, answers | {"where": answers["where"] | {"contact_phone": "1380000"}}))
    assert "手机号少了 4 个数字" in page.select_one("#field-contact_phone .desk-wrong").get_text()
    assert not CourseRun.objects.exists()


def test_the_organisers_number_is_there_already(planner, answers, school):
    school.public_phone = "021-11112222"
    school.save()
    page = page_of(go(planner, answers, until="when"))
    assert page.select_one("[name=contact_phone]")["value"] == "021-11112222"


def test_a_day_that_is_over_is_warned_of_and_allowed(planner, answers, school):
    with time_machine.travel("2026-09-12 09:00:00+08:00", tick=False):
        planner.force_login(a_member(Duty.SCHOOL_STAFF, school))
        page = page_of(go(planner, answers, until="when"))
        assert page.get_text().count("这一天已经过了。") == 1
        text = page_of(planner.get(go(planner, answers).url)).get_text()
    assert "9月9日：这一天已经过了。" in text


def test_a_room_is_said_to_be_needed_and_empty_parts_are_left_out(planner, answers):
    page = page_of(go(planner, answers, until="when"))
    assert "必填" in page.select_one("#field-room").get_text()
    assert page.select_one("div.desk-many") is not None
    free = answers["when"] | {"first_day": "2026-11-04", "times": "2"}
    page = page_of(go(planner, answers | {"when": free}, until="when"))
    assert "日子" not in [heading.get_text() for heading in page.select("form .desk-part")]


def test_a_taken_room_is_told_with_what_is_free(planner, answers, school, room):
    a_room(room.venue, "204")
    there = a_run(a_plan("14:30", on=date(2026, 9, 23), room=room), organiser=school, title="微信聊天")
    text = page_of(go(planner, answers)).get_text()
    assert there.code in text
    assert "微信聊天" in text
    assert "换到 田林活动室 204" in text
    assert CourseRun.objects.count() == 1


def offers_of(page) -> dict[str, str]:
    """The buttons of what is free instead: words and value."""
    return {button.get_text(): button["value"] for button in page.select("button[name=take]")}


def test_a_free_room_at_one_press(planner, answers, school, room):
    near, busy_later = a_room(room.venue, "204"), a_room(room.venue, "205")
    a_run(a_plan("14:30", on=date(2026, 9, 16), room=room), organiser=school)
    a_run(a_plan("14:30", on=date(2026, 10, 14), room=busy_later), organiser=school)
    helper = a_person(school, "李志愿")
    answers["where"] |= {"helpers": [helper.pk], "audience": "街坊", "kept": ["2026-10-07"]}
    page = page_of(go(planner, answers))
    assert list(offers_of(page)) == ["换到 田林活动室 204"]
    page = page_of(planner.post(NEW, filled(page) | {"take": offers_of(page)["换到 田林活动室 204"]}))
    assert "换上了，还没有存" in page.select_one("p[role=status]").get_text()
    assert not page.select(".desk-problems, .desk-wrong")
    assert page.select_one("[name=room] option[selected]")["value"] == str(near.pk)
    assert page.select_one("[name=audience]")["value"] == "街坊"
    assert page.select_one(f"[name=helpers][value='{helper.pk}']").has_attr("checked")
    assert page.select_one("[name=kept]").has_attr("checked")
    assert CourseRun.objects.count() == 2
    planner.post(NEW, filled(page))
    assert CourseRun.objects.get(room=near).sessions.count() == 8


def test_other_hours_for_the_whole_row_at_one_press(planner, answers, school, room):
    open_week(room, 3, 4, spans=[(time(9), time(11)), (time(13), time(18))])
    a_run(a_plan("14:00", on=date(2026, 9, 16), room=room), organiser=school)
    a_run(a_plan("09:30", on=date(2026, 10, 14), room=room), organiser=school)
    page = page_of(go(planner, answers))
    words = "换到 每周四 09:00–10:30"
    assert list(offers_of(page)) == [words, "换到 每周四 13:00–14:30"]
    page = page_of(planner.post(NEW, filled(page) | {"take": offers_of(page)[words]}))
    assert "9月10日 星期四" in page.get_text()
    assert filled(page)["weekdays"] == ["4"]
    planner.post(NEW, filled(page))
    first = CourseRun.objects.exclude(term=None).get().sessions.first()
    assert (first.on, timezone.localtime(first.starts_at).time()) == (date(2026, 9, 10), time(9))


def test_another_day_for_a_single_session(planner, answers, school, room):
    open_week(room, 4, spans=[(time(9), time(11))])
    a_run(a_plan("14:30", on=date(2026, 9, 9), room=room), organiser=school)
    answers["what"]["kind"], answers["when"]["times"] = "single", "1"
    page = page_of(go(planner, answers))
    assert list(offers_of(page)) == ["换到 9月10日 星期四 09:00–10:30"]


def test_an_offer_fills_in_nothing_else(planner, answers, school, room):
    a_run(a_plan("14:30", on=date(2026, 9, 16), room=room), organiser=school)
    page = page_of(go(planner, answers))
    page = page_of(planner.post(NEW, filled(page) | {"take": "capacity=500&room=99999&x=1"}))
    assert filled(page)["capacity"] == ["18"]
    assert "x" not in filled(page)
    assert (
        "线下的班要选教室" in page_of(planner.post(NEW, filled(page))).select_one(".desk-problems").get_text()
    )


def test_an_offer_that_makes_no_sense_is_asked_about(planner, answers, school, room):
    a_run(a_plan("14:30", on=date(2026, 9, 16), room=room), organiser=school)
    page = page_of(go(planner, answers))
    page = page_of(planner.post(NEW, filled(page) | {"take": "starts=99"}))
    assert page.select_one("[name=step]")["value"] == "when"
    assert page.select(".desk-problems")


def test_each_clash_has_a_line_of_its_own(planner, answers, school, room):
    there = [a_plan("14:30", on=date(2026, 9, day), room=room) for day in (16, 23)]
    a_run(*there, organiser=school, title="微信聊天")
    page = page_of(go(planner, answers))
    lines = [line.get_text() for line in page.select(".desk-problems li")]
    assert len(lines) == 2
    assert lines[0].startswith("9月16日 星期三 14:00–15:30，田林活动室 203 已经排了：")


def test_little_time_between_two_places_is_told_and_allowed(planner, answers, school):
    teacher = a_person(school, "王老师", role="teacher")
    far = a_room(a_venue(school))
    a_run(a_plan("15:40", on=date(2026, 9, 9), room=far, teacher=teacher), organiser=school)
    response = go(planner, answers | {"where": answers["where"] | {"teacher": teacher.pk}})
    text = page_of(planner.get(response.url)).get_text()
    assert "路上时间不到 15 分钟" in text
    assert CourseRun.objects.count() == 2


def test_nothing_of_another_branch_can_be_chosen(planner, answers):
    other = a_school(name="金丝雀学校")
    room = a_room(a_venue(other, "金丝雀活动室"))
    text = page_of(go(planner, answers, until="when")).get_text()
    assert "金丝雀" not in page_of(planner.get(NEW)).get_text()
    assert "金丝雀" not in text
    page_of(go(planner, answers | {"where": {"room": room.pk}}))
    page_of(go(planner, answers | {"what": answers["what"] | {"organiser": other.pk}}, until="what"))
    assert not CourseRun.objects.exists()


@pytest.mark.parametrize("mode", ["online", "recorded"])
def test_on_line_wants_a_link_and_no_room(planner, answers, mode):
    answers["what"]["mode"] = mode
    page = page_of(go(planner, answers | {"where": {}}))
    assert "线上的班要填链接" in page.get_text()
    assert page.select_one("[name=room]") is None
    go(planner, answers | {"where": {"link": "https://example.org/1"}})
    assert CourseRun.objects.get().link == "https://example.org/1"


def test_teachers_do_not_plan(client, school):
    client.force_login(a_member(Duty.TEACHER, school))
    assert client.get(NEW).status_code == 302
    assert client.post(NEW, {}).status_code == 302
