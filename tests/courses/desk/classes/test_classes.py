"""班级 and 课次 in the desk: what is shown, what can be done, and to whom nothing exists."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty, RunState
from courses.models import ClassSession, CourseRun, Term
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.places import open_week
from tests.factories.timetable import DAY, a_plan, a_run, moment
from tests.html import parsed, text_of
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"


def done(response) -> None:
    assert response.status_code == 302, response.content.decode()


def test_the_list_names_state_dates_and_place(planner, run):
    text = text_of(planner.get(f"{DESK}/classes/"))
    assert run.code in text
    assert "草稿" in text
    assert "2026年11月11日 到 2026年11月25日" in text


def test_a_class_shows_its_sessions_and_its_limit(planner, run):
    text = text_of(planner.get(f"{DESK}/classes/{run.pk}/"))
    assert "第 3 次 11月25日 星期三 14:00–15:30" in text
    assert "王老师 · 李志愿 · 田林活动室 203" in text
    assert "20 位" in text


def test_what_a_class_is_can_be_changed(planner, run):
    address = f"{DESK}/classes/{run.pk}/"
    page = text_of(planner.get(f"{address}edit/"))
    assert 'name="link"' not in page
    asked = {"title": "手机再入门", "tongue": "both", "capacity": "18", "minimum": "6", "fee": "0"}
    asked |= {"enrol_from": "2026-10-01T09:00", "enrol_until": "2026-11-01T17:00", "bring": "老花镜"}
    asked |= {"audience": "60 岁以上", "contact_name": "周老师", "contact_phone": "12345"}
    done(planner.post(f"{address}edit/", asked))
    text = text_of(planner.get(address))
    for words in ("手机再入门", "6 位", "老花镜", "60 岁以上", "周老师 12345", "18 位（这个班定了人数）"):
        assert words in text
    assert "一次最多 2 位，学员坐满时总到场 20 位" in text
    assert "2026-10-01 09:00 起，2026-11-01 17:00 止" in text
    assert 'value="2026-10-01T09:00"' in text_of(planner.get(f"{address}edit/"))


def test_what_makes_no_sense_is_refused_beside_its_field(planner, run):
    asked = {"title": "手机", "tongue": "both", "capacity": "5", "minimum": "6", "fee": "0"}
    text = text_of(planner.post(f"{DESK}/classes/{run.pk}/edit/", asked | {"contact_phone": "021-1"}))
    assert "座机（连区号）少了 7 个数字" in text
    text = text_of(planner.post(f"{DESK}/classes/{run.pk}/edit/", asked))
    assert "最少几位才开，比最多几位还多" in text
    run.refresh_from_db()
    assert run.title == "手机入门"


def test_publishing_and_cancelling_by_hand(planner, run):
    assert "公布以后" in text_of(planner.get(f"{DESK}/classes/{run.pk}/publish/"))
    done(planner.post(f"{DESK}/classes/{run.pk}/publish/"))
    run.refresh_from_db()
    assert run.published_at
    assert "写一句为什么" in text_of(planner.post(f"{DESK}/classes/{run.pk}/cancel/", {"because": ""}))
    done(planner.post(f"{DESK}/classes/{run.pk}/cancel/", {"because": "没人报名"}))
    assert "没人报名" in text_of(planner.get(f"{DESK}/classes/{run.pk}/"))


def test_copying_by_hand(planner, run):
    today = timezone.localdate()
    term = Term.objects.create(
        code="33A", name="春季", starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=200)
    )
    done(planner.post(f"{DESK}/classes/{run.pk}/copy/", {"term": term.pk}))
    assert CourseRun.objects.get(term=term).sessions.count() == 3


@pytest.mark.usefixtures("before_it_begins")
def test_a_session_is_moved_cancelled_and_made_up_for(planner, run):
    session = run.sessions.first()
    address = f"{DESK}/sessions/{session.pk}/"
    assert "没有变动过" in text_of(planner.get(address))
    when = {"on": "2026-11-12", "starts": "09:00", "ends": "10:30", "room": run.room.pk}
    done(planner.post(f"{address}move/", when | {"because": "场地有活动"}))
    text = text_of(planner.get(address))
    assert "周老师 · 场地有活动" in text
    before, after = "11月11日 星期三 14:00–15:30", "11月12日 星期四 09:00–10:30"
    assert f"{before}，田林活动室 203 → {after}，田林活动室 203" in text
    done(planner.post(f"{address}cancel/", {"because": "停电"}))
    assert planner.post(f"{address}cancel/", {"because": "停电"}).status_code == 404
    assert "安排补课" in text_of(planner.get(address)).replace("要补，按“安排补课”", "")
    page = text_of(planner.get(f"{address}make-up/"))
    assert "补在哪天" in page
    assert "补第 1 次" in page
    done(planner.post(f"{address}make-up/", when))
    added = run.sessions.get(number=4)
    assert added.make_up_of == session
    text = text_of(planner.get(address))
    assert f'href="{DESK}/sessions/{added.pk}/"' in text
    assert "make-up/" not in text


def test_a_session_goes_to_another_room_with_other_helpers(planner, run, school):
    session, room = run.sessions.first(), a_room(run.venue, "204")
    other = a_person(school, "赵志愿")
    page = text_of(planner.get(f"{DESK}/sessions/{session.pk}/move/"))
    assert "现在：11月11日 星期三 14:00–15:30，田林活动室 203，王老师，李志愿" in page
    assert 'value="2026-11-11"' in page
    asked = {"on": "2026-11-11", "starts": "14:00", "ends": "15:30", "room": room.pk, "helpers": [other.pk]}
    done(planner.post(f"{DESK}/sessions/{session.pk}/move/", asked | {"because": "换大的"}))
    session.refresh_from_db()
    assert (session.room, list(session.helpers.all())) == (room, [other])


def test_a_session_on_line_is_moved_without_a_room(planner, school):
    session = a_run(a_plan(), organiser=school).sessions.get()
    assert 'name="room"' not in text_of(planner.get(f"{DESK}/sessions/{session.pk}/move/"))
    asked = {"on": "2026-11-12", "starts": "14:00", "ends": "15:30", "because": "换一天"}
    done(planner.post(f"{DESK}/sessions/{session.pk}/move/", asked))


def test_moving_to_a_day_that_is_over_is_warned_of(planner, run):
    session = run.sessions.first()
    asked = {"on": "2020-11-11", "starts": "14:00", "ends": "15:30", "room": run.room.pk, "because": "补记"}
    response = planner.post(f"{DESK}/sessions/{session.pk}/move/", asked, follow=True)
    assert "11月11日：这一天已经过了。" in text_of(response)


def test_moving_onto_what_is_taken_keeps_what_was_typed(planner, run):
    session = run.sessions.first()
    a_room(run.venue, "204")
    a_run(a_plan(on=date(2026, 11, 19), room=run.room), organiser=run.organiser)
    typed = {"on": "2026-11-19", "starts": "14:30", "ends": "16:00", "because": "调课", "room": run.room.pk}
    text = text_of(planner.post(f"{DESK}/sessions/{session.pk}/move/", typed))
    assert "已经排了" in text
    assert 'value="14:30"' in text
    assert "换到 田林活动室 204" in text


@pytest.mark.parametrize(
    ("words", "name", "on", "starts"),
    [
        ("换到 田林活动室 204", "204", "2026-11-19", "14:30"),
        ("换到 11月20日 星期五 09:00–10:30", "203", "2026-11-20", "09:00"),
    ],
)
def test_what_is_free_instead_at_one_press(planner, run, school, words, name, on, starts):
    session, other = run.sessions.first(), a_room(run.venue, "204")
    open_week(run.room, 5, spans=[(time(9), time(11))])
    a_run(a_plan(on=date(2026, 11, 19), room=run.room), organiser=run.organiser)
    helper, address = a_person(school, "赵志愿"), f"{DESK}/sessions/{session.pk}/move/"
    typed = {"on": "2026-11-19", "starts": "14:30", "ends": "16:00", "because": "调课", "room": run.room.pk}
    page = parsed(planner.post(address, typed | {"helpers": [helper.pk]}))
    offers = {button.text: button["value"] for button in page.all("button[name=take]")}
    assert page.all("button[form=desk-form]")[0]["class"] == ["w-sr-only"]
    page = parsed(planner.post(address, typed | {"helpers": [helper.pk], "take": offers[words]}))
    assert "再按“改”" in page.one("p[role=status]").text
    assert not page.all(".desk-problems, .desk-wrong")
    chosen = page.one("[name=room] option[selected]")["value"]
    assert chosen == f"{(other if name == '204' else run.room).pk}"
    assert (page.one("[name=on]")["value"], page.one("[name=starts]")["value"]) == (on, starts)
    assert page.one("[name=because]")["value"] == "调课"
    assert page.one("[name=helpers][checked]")["value"] == f"{helper.pk}"
    session.refresh_from_db()
    assert session.on == date(2026, 11, 11)


def test_another_teacher_once_or_to_the_end(planner, run, school):
    teacher = a_person(school, "新老师", role="teacher")
    second = run.sessions.all()[1]
    page = text_of(planner.get(f"{DESK}/sessions/{second.pk}/teacher/"))
    assert f"新老师（{school}）" in page
    assert "李志愿（" not in page
    assert "现在：王老师，" in page
    asked = {"teacher": teacher.pk, "because": "代课", "rest": "on"}
    done(planner.post(f"{DESK}/sessions/{second.pk}/teacher/", asked))
    assert [session.teacher.name for session in run.sessions.all()] == ["王老师", "新老师", "新老师"]
    assert "换老师：王老师 → 新老师" in text_of(planner.get(f"{DESK}/sessions/{second.pk}/"))


def cancel_day(browser, **typed):
    return browser.post(f"{DESK}/cancel-day/", {"on": DAY.isoformat(), "because": "台风停课"} | typed)


def asked_again(response) -> str:
    """What the second press sends along, after a first one that only showed what will stop."""
    return parsed(response).one("[name=sure]")["value"]


@pytest.mark.usefixtures("before_it_begins")
def test_a_whole_day_shows_what_will_stop_before_it_does(planner, run, school):
    other = a_run(a_plan("09:00"), organiser=school, title="微信聊天")
    first = cancel_day(planner)
    text = text_of(first)
    assert "会取消 2 个班的 2 次课" in text
    assert f"{run.code} 手机入门，11月11日 星期三 14:00–15:30，田林活动室 203" in text
    assert f"{other.code} 微信聊天" in text
    assert ClassSession.objects.planned().on_day(DAY).count() == 2
    done(cancel_day(planner, sure=asked_again(first)))
    assert ClassSession.objects.planned().on_day(DAY).count() == 0
    assert "这一天没有课" in text_of(cancel_day(planner))


@pytest.mark.usefixtures("before_it_begins")
def test_a_whole_day_asks_again_when_something_else_would_stop(planner, run, school):
    sure = asked_again(cancel_day(planner))
    assert "会取消 1 个班的 1 次课" in text_of(cancel_day(planner, on="2026-11-18", sure=sure))
    a_run(a_plan("09:00"), organiser=school)
    again = cancel_day(planner, sure=sure)
    assert "会取消 2 个班的 2 次课" in text_of(again)
    assert asked_again(again) != sure
    assert not ClassSession.objects.exclude(state="planned").exists()


@pytest.mark.usefixtures("before_it_begins")
def test_a_whole_day_of_one_school_only(client, run, school):
    elsewhere = a_run(a_plan("09:00"), organiser=a_school(school.guided_by))
    client.force_login(a_member(Duty.COLLEGE_STAFF, school.guided_by))
    first = cancel_day(client, organisation=school.pk)
    assert elsewhere.code not in text_of(first)
    done(cancel_day(client, organisation=school.pk, sure=asked_again(first)))
    assert [session.run for session in ClassSession.objects.planned().on_day(DAY)] == [elsewhere]


def test_the_list_costs_the_same_for_one_and_three(planner, school):
    def plan_one(_) -> None:
        a_run(a_plan(room=a_room(a_venue(school)), helpers=[a_person(school)]), organiser=school)

    assert of_one_as_of_three(plan_one, lambda: text_of(planner.get(f"{DESK}/classes/"))) <= 15


def test_to_another_branch_nothing_of_it_exists(client, run):
    client.force_login(a_member(Duty.COLLEGE_STAFF, a_college()))
    session = run.sessions.first()
    for address in ("", "edit/", "publish/", "cancel/", "copy/"):
        assert client.get(f"{DESK}/classes/{run.pk}/{address}").status_code == 404
    for address in ("", "move/", "cancel/", "make-up/", "teacher/"):
        assert client.get(f"{DESK}/sessions/{session.pk}/{address}").status_code == 404
        assert client.post(f"{DESK}/sessions/{session.pk}/{address}", {}).status_code in {404, 405}
    for address in ("classes/", f"board/?on={DAY}"):
        assert run.code not in text_of(client.get(f"{DESK}/{address}"))
        assert "王老师" not in text_of(client.get(f"{DESK}/{address}"))


def test_teachers_look_and_do_not_plan(client, run):
    client.force_login(a_member(Duty.TEACHER, run.organiser))
    text = text_of(client.get(f"{DESK}/classes/{run.pk}/"))
    assert "取消这个班" not in text
    done(client.post(f"{DESK}/classes/{run.pk}/cancel/", {"because": "不想上"}))
    run.refresh_from_db()
    assert run.cancelled_at is None


STATES = {
    RunState.DRAFT: {},
    RunState.SOON: {"published_at": moment(), "enrol_from": moment("10:00") + timedelta(days=1)},
    RunState.OPEN: {"published_at": moment()},
    RunState.RUNNING: {"published_at": moment(), "enrol_until": moment("09:00")},
    RunState.CANCELLED: {"published_at": moment(), "cancelled_at": moment()},
}


@pytest.mark.parametrize("state", STATES)
def test_the_database_and_the_rule_agree_about_states(room, school, state):
    values = STATES[state]
    run = a_run(a_plan(on=DAY + timedelta(days=7), room=room), organiser=school)
    CourseRun.objects.filter(pk=run.pk).update(**values)
    for other in RunState:
        found = CourseRun.objects.in_state(other, now=moment("10:00"))
        same = state is other or {state, other} == {RunState.OPEN, RunState.FULL}
        assert found.exists() is same, other
    row = CourseRun.objects.with_dates().get()
    assert row.state_at(moment("10:00"), seats_left=None) is state
    assert row.state_at(moment("20:00") + timedelta(days=7), seats_left=None) in {RunState.ENDED, state}


@pytest.mark.usefixtures("before_it_begins")
def test_a_session_is_held_after_all(planner, run):
    session = run.sessions.first()
    address = f"{DESK}/sessions/{session.pk}/"
    done(planner.post(f"{address}cancel/", {"because": "停电"}))
    assert "恢复这次课" in text_of(planner.get(address))
    done(planner.post(f"{address}restore/", {"because": "来电了"}))
    assert run.sessions.planned().count() == 3
    assert "来电了" in text_of(planner.get(address))


def test_outside_the_rooms_hours_is_told_and_allowed(planner, run):
    session = run.sessions.first()
    run.room.opening_hours.create(weekday=session.on.isoweekday(), opens="13:00", closes="16:00")
    when = {"on": session.on.isoformat(), "starts": "18:00", "ends": "19:30", "room": run.room_id}
    response = planner.post(f"{DESK}/sessions/{session.pk}/move/", when | {"because": "改晚上"}, follow=True)
    assert "不在" in text_of(response) or "开放" in text_of(response)
    session.refresh_from_db()
    assert session.starts_at == moment("18:00")
