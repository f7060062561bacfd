"""The link of a meeting: on the own page of who has a seat, with how to use it; nowhere that anybody else can look."""

import pytest
import time_machine
from django.urls import reverse

from courses.enums import Duty, RunMode
from courses.services.feeds import make_feed
from tests.courses.enrolment.own import MINE, looks_up, main, soup
from tests.factories.classes import a_member, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, somebody_enrols
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/secret-room"


@pytest.fixture(autouse=True)
def on_a_day_before():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run():
    school = a_school()
    plan = a_plan(room=a_room(a_venue(school)), mode=RunMode.HYBRID)
    return an_open_run(
        plan, organiser=school, mode=RunMode.HYBRID, link=LINK, contact_phone="021-62570000", seats=9
    )


def test_the_own_page_says_when_the_door_opens_and_who_helps(client, run):
    page = looks_up(client, somebody_enrols(run).enrolment).get(MINE)
    assert soup(page).main.find("a", href=LINK)
    assert "开课前 30 分钟开门" in main(page)
    assert "进不去，打电话： 021-62570000" in main(page)


def test_nothing_that_is_public_holds_it(client, run):
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    _, secret = make_feed(of=run.organiser, by=clerk)
    public = [
        "/",
        "/classes/",
        *(
            f"/classes/{run.code}/{part}"
            for part in ("", "enrol/", "calendar.ics", "seats.json", "poster.pdf")
        ),
        reverse("feed", args=[secret]),
        f"/scenarios/{run.sessions.get().main_scenario}/",
        "/sitemap.xml",
    ]
    for address in public:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"secret-room" not in answer.getvalue(), address


def test_whoever_enrols_reads_it_only_behind_their_voucher(client, run):
    enrolment = somebody_enrols(run).enrolment
    assert b"secret-room" not in client.get("/enrolments/").content
    assert client.get(MINE).status_code == 303
    assert b"secret-room" in looks_up(client, enrolment).get(MINE).content


def test_staff_find_it_at_the_class(client, run):
    client.force_login(a_member(Duty.SCHOOL_STAFF, run.organiser))
    assert LINK in client.get(f"/admin/desk/classes/{run.pk}/").content.decode()
