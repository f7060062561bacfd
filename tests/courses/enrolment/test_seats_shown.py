"""How full classes are, as readers see it: live beside a page that is kept, as tags in the list, as a filter."""

from datetime import timedelta

import pytest

from courses.enums import RunState
from courses.models import CourseRun
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import say_not_held
from tests.factories.classes import a_room, a_school, a_venue, an_area
from tests.factories.enrolments import NOW, an_open_run, enrolled
from tests.factories.nodes import Node
from tests.factories.timetable import a_plan, a_run, weekly
from tests.html import parsed
from tests.queries import of_one_as_of_three
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def figure(client, run) -> dict:
    response = client.get(f"/classes/{run.code}/seats.json")
    assert "no-store" in response["Cache-Control"]
    return response.json()


def tags(client, **asked) -> dict[str, str]:
    page = parsed(client.get("/classes/", asked))
    rows = page.all(".class-row")
    return {row.select_one(".card-title").get_text(): row.select_one(".seat-tag").get_text() for row in rows}


def test_the_figure_is_of_now(client):
    run = an_open_run(seats=20)
    enrolled(run, 14)
    assert figure(client, run) == {
        "headline": "还空 6 座",
        "more": "一共 20 座",
        "action": "我要报名",
        "chairs": 20,
        "taken": 14,
    }


def test_more_than_twenty_chairs_are_not_drawn(client):
    assert figure(client, an_open_run(seats=21))["chairs"] == 0
    assert figure(client, an_open_run(seats=None))["headline"] == "有座位"


def test_who_waits_has_the_empty_chair(client):
    run = an_open_run(seats=2)
    enrolled(run, 4)
    said = figure(client, run)
    assert (said["headline"], said["more"], said["action"]) == ("满了，可以候补", "2 位在等", "排候补")
    assert (said["chairs"], said["taken"]) == (2, 2)


def test_a_class_that_is_full_for_good(client):
    run = an_open_run(seats=1, waiting_places=0)
    enrolled(run, 1)
    assert (figure(client, run)["headline"], figure(client, run)["action"]) == ("满了", "看看别的办法")


def test_a_draft_has_no_figure(client):
    assert client.get(f"/classes/{a_run().code}/seats.json").status_code == 404
    assert client.post(f"/classes/{an_open_run().code}/seats.json").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_page_is_kept_and_the_figure_is_not():
    node, run = Node(), an_open_run(seats=2)
    page, live = f"/classes/{run.code}/", f"/classes/{run.code}/seats.json"
    node.get(page)
    assert b"\\u8fd8\\u7a7a 2 \\u5ea7" in node.get(live).body
    enrolled(run, 1)
    drawn = node.drawn
    node.get(page)
    assert node.drawn == drawn
    assert b"\\u8fd8\\u7a7a 1 \\u5ea7" in node.get(live).body


def test_the_class_page_leads_to_the_form(client):
    run = an_open_run(seats=2)
    page = parsed(client.get(f"/classes/{run.code}/"))
    assert page.one("main a.chief")["href"] == f"/classes/{run.code}/enrol/"
    assert page.one("[data-seats]")["data-seats"] == f"/classes/{run.code}/seats.json"
    assert "报名那一页写着" in page.one("[data-seats]").get_text()
    assert page.all("main a.help[href^='tel:']")


@pytest.mark.parametrize(
    "details", [{"enrol_from": NOW + timedelta(days=2)}, {"enrol_until": NOW - timedelta(hours=1)}]
)
def test_a_class_page_promises_nothing_it_cannot_keep(client, details):
    run = an_open_run(**details)
    assert not parsed(client.get(f"/classes/{run.code}/")).all("main a.chief")


def test_a_cancelled_class_shows_other_classes_instead(client):
    run = an_open_run()
    cancel_run(run=run, because="老师病了", by=None, at=NOW)
    page = parsed(client.get(f"/classes/{run.code}/"))
    assert not page.all("[data-seats]")
    assert page.one("main a.chief")["href"] == "/classes/"


def test_the_list_says_how_full_each_class_is(client):
    for title, seats, many, details in (
        ("有座", 3, 1, {}),
        ("不限", None, 1, {}),
        ("满了", 1, 1, {"waiting_places": 0}),
        ("候补", 1, 2, {}),
        ("明天", 5, 0, {"enrol_from": NOW + timedelta(days=1)}),
        ("下周", 5, 0, {"enrol_from": NOW + timedelta(days=7)}),
        ("今天", 5, 0, {"enrol_from": NOW + timedelta(hours=1)}),
        ("晚了", 5, 0, {"enrol_until": NOW - timedelta(hours=1)}),
    ):
        enrolled(an_open_run(seats=seats, title=title, **details), many)
    assert tags(client) == {
        "有座": "还有 2 个座位",
        "不限": "可以报名",
        "满了": "满了",
        "候补": "满了，可以候补",
        "明天": "明天开始报名",
        "下周": "11月9日开始报名",
        "今天": "今天下午 1:00 开始报名",
        "晚了": "报名结束了",
    }


def test_only_classes_with_a_seat(client):
    enrolled(an_open_run(seats=1, title="满了"), 1)
    an_open_run(seats=1, title="有座")
    an_open_run(title="还早", enrol_from=NOW + timedelta(days=1))
    assert set(tags(client, seats="on")) == {"有座"}
    assert "现在看的：还有座位" in parsed(client.get("/classes/?seats=on")).one("summary").get_text()


def test_the_last_seat_goes_and_the_class_is_found_no_more_at_once(client):
    run = an_open_run(seats=1, title="有座")
    assert set(tags(client, seats="on")) == {"有座"}
    enrolled(run, 1)
    assert not tags(client, seats="on")


def test_a_class_that_nobody_taught_does_not_open_again(client, now):
    run = an_open_run(seats=2)
    enrolled(run, 1)
    session = run.sessions.get()
    now.move_to(session.ends_at)
    say_not_held(session=session, because="老师没有来", by=None, now=session.ends_at)
    assert figure(client, run)["headline"] == "上完了"
    assert CourseRun.objects.in_state(RunState.ENDED, now=session.ends_at).get() == run
    with refusal("run-ended"):
        enrolled(run, 1, now=session.ends_at)


def test_of_a_session_that_nobody_taught_it_is_said(client, now):
    run = an_open_run(*weekly(a_plan(), 3), seats=2)
    second = run.sessions.all()[1]
    now.move_to(second.ends_at)
    say_not_held(session=second, because="老师没有来", by=None, now=second.ends_at)
    dates = parsed(client.get(f"/classes/{run.code}/")).all(".class-over")
    assert [each.get_text() for each in dates] == ["上过了", "没有上"]


def test_where_no_seat_is_left_the_waiting_list_is_named(client):
    enrolled(an_open_run(seats=1), 1)
    words = parsed(client.get("/classes/?seats=on")).one("main [role=status]").get_text()
    assert "没有空座位" in words
    assert "候补" in words


def test_seats_next_door(client):
    here, near = an_area(district="徐汇区").parent, an_area(district="长宁区")
    school = a_school()
    venue = a_venue(school)
    venue.area = near
    venue.save()
    rooms = [a_room(venue, name, seats=None) for name in "ab"]
    enrolled(an_open_run(a_plan(room=rooms[0]), organiser=school, seats=1, title="隔壁满了"), 1)
    an_open_run(a_plan(room=rooms[1]), organiser=school, seats=1, title="隔壁有座")
    assert set(tags(client, district=here.code)) == {"隔壁满了", "隔壁有座"}
    assert set(tags(client, district=here.code, seats="on")) == {"隔壁有座"}


def test_the_filter_asks_four_more_questions_however_many(client):
    assert of_one_as_of_three(lambda _: an_open_run(seats=3), lambda: client.get("/classes/?seats=on")) <= 15


def test_pages_that_are_kept_show_no_figures(client):
    an_open_run(seats=3)
    assert not parsed(client.get("/")).all(".seat-tag")
    assert not parsed(client.get("/scenarios/scan-code/")).all(".seat-tag")
