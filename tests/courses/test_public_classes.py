"""`/classes/`: what readers find, and what one class tells them."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cms.enums import Scenario
from courses.enums import AreaKind, RunMode
from courses.models import Area, CourseRun
from courses.services.scheduling.runs import cancel_run, publish_run
from courses.services.scheduling.sessions import cancel_sessions, move_session
from tests.factories.classes import a_college, a_person, a_room, a_school, a_venue, an_area
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly

pytestmark = pytest.mark.django_db

NOW = moment("08:00", DAY - timedelta(days=7))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def public(run: CourseRun) -> CourseRun:
    return publish_run(run=run, by=None, at=NOW)


def district(code: str, name: str) -> Area:
    city = an_area().parent.parent
    found, _ = Area.objects.get_or_create(
        code=code, defaults={"name": name, "kind": AreaKind.DISTRICT, "parent": city}
    )
    return found


def a_class_in(area: Area, title: str, **plan) -> CourseRun:
    school = a_school(a_college(district=area.name))
    venue = a_venue(school)
    venue.area = area
    venue.save()
    room = a_room(venue)
    return public(a_run(a_plan(plan.pop("clock", "14:00"), room=room, **plan), organiser=school, title=title))


def titles(client, **asked) -> list[str]:
    response = client.get("/classes/", asked)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [title.get_text() for title in page.select(".class-row .card-title")]


def test_only_what_is_published_and_still_to_come(client):
    area = district("310104", "徐汇区")
    a_class_in(area, "要上的班")
    a_run(title="草稿的班")
    a_class_in(area, "上完的班", on=DAY - timedelta(days=30))
    cancel_run(run=a_class_in(area, "取消的班"), because="没人", by=None, at=NOW)
    assert titles(client) == ["要上的班"]


def test_the_soonest_first(client):
    area = district("310104", "徐汇区")
    a_class_in(area, "后上的班", on=DAY + timedelta(days=1))
    a_class_in(area, "先上的班")
    assert titles(client) == ["先上的班", "后上的班"]


def test_in_a_district_the_own_street_first(client):
    xuhui = district("310104", "徐汇区")
    near = Area.objects.create(code="310104999", name="近街道", kind=AreaKind.SUBDISTRICT, parent=xuhui)
    far = Area.objects.create(code="310104998", name="远街道", kind=AreaKind.SUBDISTRICT, parent=xuhui)
    a_class_in(far, "远一点的班")
    a_class_in(near, "门口的班", on=DAY + timedelta(days=3))
    a_class_in(district("310151", "崇明区"), "崇明的班")
    assert titles(client, district="310104") == ["远一点的班", "门口的班"]
    assert titles(client, district="310104", street="310104999") == ["门口的班", "远一点的班"]


def test_nothing_at_home_then_next_door(client):
    district("310104", "徐汇区")
    a_class_in(district("310105", "长宁区"), "隔壁的班")
    a_class_in(district("310151", "崇明区"), "崇明的班")
    text = client.get("/classes/", {"district": "310104"}).content.decode()
    assert "这样找，没有班" in text
    assert "旁边的区有这些" in text
    assert titles(client, district="310104") == ["隔壁的班"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"scenario": "chat"}, ["聊天的班"]),
        ({"mode": "online"}, ["线上的班"]),
        ({"when": "4"}, ["周四的班"]),
        ({"when": "morning"}, ["上午的班"]),
        ({"when": ["3", "afternoon"]}, ["线上的班", "聊天的班"]),
        ({"q": "聊天"}, ["聊天的班"]),
        ({"q": "测试路"}, ["上午的班", "聊天的班", "周四的班"]),
        ({"district": "nonsense", "mode": "x", "when": "y", "scenario": "z"}, None),
    ],
)
def test_filters(client, asked, expected):
    area = district("310104", "徐汇区")
    a_class_in(area, "聊天的班", main_scenario=Scenario.CHAT)
    a_class_in(area, "周四的班", on=DAY + timedelta(days=1), clock="19:00")
    a_class_in(area, "上午的班", clock="09:00")
    public(a_run(a_plan("13:30"), title="线上的班"))
    everything = ["上午的班", "线上的班", "聊天的班", "周四的班"]
    assert titles(client, **asked) == (expected or everything)


def page_of(client, **asked) -> BeautifulSoup:
    return BeautifulSoup(client.get("/classes/", asked).content, "html.parser")


def test_the_filters_are_folded_and_say_what_was_chosen(client):
    district("310104", "徐汇区")
    page = page_of(client, district="310104", scenario="chat", when=["3", "morning"], q="田林")
    finder = page.select_one("details.finder")
    assert not finder.has_attr("open")
    assert "现在看的：徐汇区、聊天、周三、上午、“田林”" in finder.summary.get_text()
    assert page.title.get_text().startswith("找个班：徐汇区、聊天")
    assert page.find("a", string="不挑了，都看")["href"] == "/classes/"


def test_nonsense_is_not_said_to_be_chosen(client):
    page = page_of(client, district="x", scenario="y", when="z")
    assert "挑一挑" in page.select_one("details.finder summary").get_text()
    assert page.find("a", string="不挑了，都看") is None


def test_another_page_of_the_list_keeps_what_was_chosen(client):
    area = district("310104", "徐汇区")
    for number in range(13):
        a_class_in(area, f"第 {number} 班", on=DAY + timedelta(days=number))
    asked = {"district": "310104", "when": ["morning", "afternoon"], "page": "1"}
    more = page_of(client, **asked).find("a", rel="next")["href"]
    assert more == "?district=310104&when=morning&when=afternoon&page=2"
    second = BeautifulSoup(client.get(f"/classes/{more}").content, "html.parser")
    assert len(second.select(".class-row")) == 1
    assert second.title.get_text() == "找个班：徐汇区、上午、下午，第 2 页 · 随申学堂"
    assert page_of(client).find("a", rel="next")["href"] == "?page=2"


def test_a_row_says_when_where_and_what_it_costs(client):
    public(a_run(a_plan("13:30"), title="线上的班"))
    a_class_in(district("310104", "徐汇区"), "线下的班")
    rows = {
        row.select_one(".card-title").get_text(): row.get_text("|")
        for row in page_of(client).select(".class-row")
    }
    assert "下午 2:00" in rows["线下的班"]
    assert "徐汇区" in rows["线下的班"]
    assert "不要钱" in rows["线下的班"]
    assert "在家里上（线上）" in rows["线上的班"]


def test_classes_of_one_name_have_titles_of_their_own(client):
    area = district("310104", "徐汇区")
    runs = [
        a_class_in(area, "扫码班"),
        a_class_in(area, "扫码班", clock="09:00"),
        public(a_run(a_plan("10:00"))),
    ]
    pages = [BeautifulSoup(client.get(f"/classes/{run.code}/").content, "html.parser") for run in runs]
    assert len({page.title.get_text() for page in pages}) == 3


def test_meetings_that_are_over_are_told_apart(client):
    plans = weekly(a_plan(room=a_room(a_venue(a_school())), on=DAY - timedelta(days=14)), 3)
    run = public(a_run(*plans))
    page = BeautifulSoup(client.get(f"/classes/{run.code}/").content, "html.parser")
    dates = [each.get_text(" ", strip=True) for each in page.select(".class-dates li")]
    assert dates == [
        "10月28日 星期三 下午 2:00 上过了",
        "11月4日 星期三 下午 2:00",
        "11月11日 星期三 下午 2:00",
    ]


def test_one_class_says_all_one_must_know(client):
    school = a_school()
    venue = a_venue(school, "田林活动室", has_step_free_way=True, way="坐 89 路到田林新村下。")
    named = a_person(school, "王老师", role="teacher", listed_consent_on=date(2026, 1, 1))
    helpers = [a_person(school, "李志愿"), a_person(school, "孙志愿")]
    plans = weekly(a_plan(room=a_room(venue), teacher=named, helpers=helpers), 2)
    run = public(
        a_run(
            *plans, organiser=school, bring="手机；老花镜", contact_phone="021-64360000", audience="60 岁以上"
        )
    )
    text = client.get(f"/classes/{run.code}/").content.decode()
    for said in (
        "11月11日 星期三",
        "下午 2:00 到 3:30",
        "田林活动室 203",
        "轮椅能到",
        "坐 89 路到田林新村下",
        "王老师，2 位志愿者帮",
        "不要钱",
        "60 岁以上",
        "老花镜",
        "tel:02164360000",
        "一共 2 次",
    ):
        assert said in text, said
    assert f'data-code="{run.code}"' in text
    assert "李志愿" not in text


def test_a_teacher_who_did_not_agree_is_not_named(client):
    school = a_school()
    shy = a_person(school, "害羞老师", role="teacher")
    run = public(a_run(a_plan(teacher=shy), organiser=school))
    text = client.get(f"/classes/{run.code}/").content.decode()
    assert "害羞老师" not in text
    assert "有老师教" in text


def test_the_link_on_line_is_for_those_who_enrolled(client):
    run = public(a_run(a_plan(), link="https://example.org/secret-room"))
    for address in ("", "calendar.ics"):
        assert b"secret-room" not in client.get(f"/classes/{run.code}/{address}").content


def test_what_was_cancelled_says_so_and_why(client):
    run = public(a_run(*weekly(a_plan(), 2)))
    cancel_sessions(sessions=run.sessions.all()[:1], because="台风停课", by=None, now=LONG_BEFORE)
    text = client.get(f"/classes/{run.code}/").content.decode()
    assert "取消了：台风停课" in text
    assert "11月18日 星期三" in text
    cancel_run(run=run, because="老师生病", by=None, at=NOW)
    text = client.get(f"/classes/{run.code}/").content.decode()
    assert "这个班取消了" in text
    assert "老师生病" in text
    for invitation in ("打电话报名", "不会上网报名", "calendar.ics"):
        assert invitation not in text


def test_what_repeats_every_week_is_said_so_and_counted(client):
    run = public(a_run(*weekly(a_plan(), 3)))
    assert "每周三 下午 2:00 到 3:30，一共 3 次" in client.get(f"/classes/{run.code}/").content.decode()
    last = run.sessions.last()
    to = {
        "starts_at": moment("09:00", DAY + timedelta(days=15)),
        "ends_at": moment("10:30", DAY + timedelta(days=15)),
    }
    move_session(session=last, because="老师开会", by=None, **to)
    text = client.get(f"/classes/{run.code}/").content.decode()
    assert "每周三" not in text
    assert "（改过：老师开会）" in text


def test_before_enrolment_and_after_the_end(client):
    soon = public(a_run(enrol_from=NOW + timedelta(hours=1)))
    assert "开始报名" in client.get(f"/classes/{soon.code}/").content.decode()
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert "这个班上完了" in client.get(f"/classes/{soon.code}/").content.decode()


def test_invented_classes_say_so(client):
    run = public(a_run())
    assert "演示数据" not in client.get(f"/classes/{run.code}/").content.decode()
    CourseRun.objects.update(is_demo=True)
    for address in ("/classes/", f"/classes/{run.code}/"):
        assert "演示数据" in client.get(address).content.decode()


def test_a_draft_and_a_wrong_code_are_not_there(client):
    draft = a_run()
    for code in (draft.code, "XX-26B-999"):
        for address in ("", "calendar.ics"):
            assert client.get(f"/classes/{code}/{address}").status_code == 404


def test_the_calendar_file(client):
    run = public(a_run(*weekly(a_plan(), 2), title="微信聊天"))
    cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=None, now=LONG_BEFORE)
    response = client.get(f"/classes/{run.code}/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [event["status"] for event in events] == ["CANCELLED", "CONFIRMED"]
    assert events[1].decoded("dtstart") == moment("14:00", DAY + timedelta(days=7))
    assert events[1]["summary"] == "微信聊天"


def test_home_and_scenarios_show_what_comes_next(client):
    a_class_in(district("310104", "徐汇区"), "扫码的班")
    assert "扫码的班" in client.get("/").content.decode()
    assert "扫码的班" in client.get("/scenarios/scan-code/").content.decode()
    assert "扫码的班" not in client.get("/scenarios/chat/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "most"),
    # How full the listed classes are takes three more.
    [("/classes/", 11), ("/classes/?district=310104", 11), ("class", 8), ("seats", 4)],
)
def test_few_queries_however_many(client, number, address, most):
    area = district("310104", "徐汇区")
    runs = [a_class_in(area, f"第{each}班") for each in range(number)]
    teachers = [a_person(runs[0].organiser) for _ in range(number)]
    plans = [a_plan("16:00", on=DAY + timedelta(days=each), teacher=one) for each, one in enumerate(teachers)]
    run = public(a_run(*plans))
    paths = {"class": f"/classes/{run.code}/", "seats": f"/classes/{run.code}/seats.json"}
    asked = paths.get(address, address)
    client.get("/classes/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(asked).status_code == 200
    assert len(queries) <= most, [query["sql"] for query in queries]


def test_an_on_line_class_is_at_home(client):
    run = public(a_run(a_plan(mode=RunMode.ONLINE)))
    assert "在家里上" in client.get(f"/classes/{run.code}/").content.decode()
