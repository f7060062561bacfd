"""`/classes/<code>/enrol/` where there is no seat, or no enrolling: a way on from each."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import EnrolmentState
from courses.models import CourseRun, Enrolment
from courses.services.scheduling.runs import cancel_run
from tests.courses.enrolment.filled_in import HELPED, SAID, address, send, text_of
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled
from tests.factories.timetable import a_plan, a_run, moment
from tests.html import parsed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return an_open_run(seats=2)


def test_a_full_class_takes_to_wait(client, run):
    enrolled(run, 3)
    page = parsed(client.get(address(run)))
    assert "满了，可以候补" in page.one("main").get_text()
    assert "1 位在等" in page.one("main").get_text()
    assert page.one("main form button").get_text(strip=True) == "排候补"
    assert send(client, run).status_code == 303
    assert Enrolment.objects.latest("pk").state == EnrolmentState.WAITLISTED


def a_class_at(venue, clock: str, **details):
    return an_open_run(
        a_plan(clock, room=a_room(venue, clock, seats=None)), organiser=venue.organisation, **details
    )


def test_a_full_class_leads_to_the_soonest_one_near_it_with_room(client):
    venue = a_venue(a_school())
    full, later, also_full, soon = (
        a_class_at(venue, clock, seats=1) for clock in ("09:00", "16:00", "11:00", "14:00")
    )
    for each in (full, also_full):
        enrolled(each, 1)
    assert [link["href"] for link in parsed(client.get(address(full))).all("main section .button")] == [
        address(soon)
    ]
    assert later.code not in client.get(address(full)).content.decode()


def test_who_was_too_late_is_one_tap_from_the_next_class(client):
    venue = a_venue(a_school())
    full, near = a_class_at(venue, "09:00", seats=1, waiting_places=0), a_class_at(venue, "11:00", seats=1)
    enrolled(full, 1)
    page = parsed(send(client, full, **HELPED))
    button = page.one("main section form")
    assert button["action"] == address(near)
    along = {field["name"]: field["value"] for field in button.select("input")}
    assert client.post(address(near), along).status_code == 303
    row = Enrolment.objects.latest("pk")
    assert (row.run, row.learner.name, row.contact_name) == (near, "王秀兰", "女儿李芳")


def test_a_refusal_asks_the_database_less_than_an_acceptance(client, run):
    """Of whichever kind: the page is drawn once for all who are told the same."""
    full = an_open_run(seats=1, waiting_places=0)
    enrolled(full, 1)
    too_late = queries_of(partial(send, client, full))
    send(client, run)
    again = queries_of(partial(send, client, run, token="another"))
    with CaptureQueriesContext(connection) as asked:
        assert send(client, run, phone="13800000002").status_code == 303
    assert max(too_late, again) < len(asked)
    # PostgreSQL is asked to hold who somebody is as well.
    assert too_late <= 11


def test_of_two_who_are_too_late_each_takes_along_what_they_typed(client):
    venue = a_venue(a_school())
    full = a_class_at(venue, "09:00", seats=1, waiting_places=0)
    a_class_at(venue, "11:00")
    enrolled(full, 1)
    for name, token in (('王"><b>秀', "one"), ("李国强", "two")):
        page = parsed(send(client, full, name=name, token=token))
        along = {field["name"]: field["value"] for field in page.all("main section input")}
        assert (along["name"], along["token"]) == (name, token)
        assert not page.all("main section form b")


def test_what_is_drawn_once_follows_the_class_and_the_readers_eyes(client, run):
    cancel_run(run=run, because="老师病了", by=None, at=NOW)
    assert "老师病了" in text_of(send(client, run))
    CourseRun.objects.filter(pk=run.pk).update(cancelled_because="停电")
    assert "停电" in text_of(send(client, run))
    client.cookies["display"] = "extra.high."
    assert parsed(send(client, run)).one("html")["data-size"] == "extra"


def test_another_scenario_is_not_proposed(client):
    venue = a_venue(a_school())
    full = a_class_at(venue, "09:00", seats=1)
    enrolled(full, 1)
    an_open_run(
        a_plan("14:00", room=a_room(venue, "b", seats=None), main_scenario="chat"),
        organiser=venue.organisation,
    )
    assert not parsed(client.get(address(full))).all("main section .button")


@pytest.mark.parametrize(
    ("details", "many", "heading", "words"),
    [
        ({"seats": 1, "waiting_places": 0}, 1, "这个班满了", "不收候补"),
        ({"seats": 1, "waiting_places": 1}, 2, "这个班满了", "候补也满了"),
        ({"enrol_from": NOW + timedelta(days=2)}, 0, "还没有开始报名", "11月4日 中午 12:00开始"),
        ({"enrol_until": NOW - timedelta(hours=1)}, 0, "报名结束了", "看看别的班"),
    ],
)
def test_where_nobody_can_enrol_there_is_a_way_on(client, details, many, heading, words):
    run = an_open_run(**details)
    enrolled(run, many)
    page = parsed(client.get(address(run)))
    assert page.one("h1").get_text() == heading
    assert words in page.one("main").get_text()
    assert not page.all("main form")
    assert page.one("main a.chief")["href"] == "/classes/?seats=on"
    assert page.all("main a[href^='tel:']")
    response = send(client, run)
    assert response.status_code == 422
    assert words in parsed(response).one("[role=alert]").get_text()


def test_returning_learners_are_asked_to_call(client):
    run = an_open_run(enrol_from=NOW + timedelta(days=2), returning_from=NOW - timedelta(days=1))
    assert "老学员先报名，请打电话" in text_of(client.get(address(run)))
    early = an_open_run(enrol_from=NOW + timedelta(days=2), returning_from=NOW + timedelta(days=1))
    assert "老学员" not in text_of(client.get(address(early)))


def test_a_cancelled_class_says_why(client, run):
    cancel_run(run=run, because="老师病了", by=None, at=NOW)
    assert "老师病了" in text_of(client.get(address(run)))


def test_a_class_that_is_over(client, run, now):
    now.move_to(moment("18:00"))
    assert parsed(client.get(address(run))).one("h1").get_text() == "这个班上完了"


def test_a_draft_and_no_class_are_no_page(client):
    assert client.get(address(a_run())).status_code == 404
    assert client.post("/classes/NO-SUCH/enrol/", SAID).status_code == 404
