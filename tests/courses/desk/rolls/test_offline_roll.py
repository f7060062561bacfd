"""离线点名 over HTTP: a page without anybody's name, names for the device, marks sent as JSON."""

import json
import uuid

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from cms.models import AuditEntry
from courses.enums import Duty, TeachingRole
from courses.models import Attendance
from tests.factories.classes import a_member, a_person
from tests.factories.enrolments import enrolled
from tests.factories.roll_call import put_down
from tests.factories.timetable import moment
from tests.html import parsed

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/rolls/offline/"


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(moment("14:20"), tick=False):
        yield


def a_mark(learner, state="present", **details):
    made = {"id": str(uuid.uuid4()), "made_at": moment("14:10").isoformat(), "knew": None, "minutes": None}
    return made | {"learner": learner.pk, "state": state} | details


def send(browser, address, *marks, who=None, **headers):
    body = {"who": browser.user.pk if who is None else who, "marks": list(marks)}
    return browser.post(f"{address}marks/", json.dumps(body), content_type="application/json", **headers)


def test_todays_roll_leads_to_it_and_yesterdays_does_not(clerk, session, address):
    way = f"{PAGE}#prepare={session.pk}"
    assert way in clerk.get(address).content.decode()
    with time_machine.travel(moment("14:20", on=session.on.replace(day=12)), tick=False):
        clerk.force_login(clerk.user)
        assert way not in clerk.get(address).content.decode()


def test_the_page_names_nobody_and_runs_no_script_of_its_own(clerk, run, school):
    row = enrolled(run, 1)[0]
    answer = clerk.get(PAGE)
    page = answer.content.decode()
    for name in (row.learner.name, school.name, clerk.user.get_username(), run.title):
        assert name not in page
    assert not parsed(answer).all("script:not([src])")
    assert " style=" not in page


def test_the_worker_keeps_the_page_and_its_files_only(clerk):
    answer = clerk.get(f"{PAGE}worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    kept = json.loads(answer.content.decode().partition("self.KEPT = ")[2].partition(";\n")[0])
    assert kept["page"] == PAGE
    assert kept["files"]
    for address in kept["files"]:
        assert address in clerk.get(PAGE).content.decode()
        assert address.startswith(settings.STATIC_URL)


def test_the_device_gets_names_and_what_is_so_and_nothing_else(clerk, run, session, address):
    first, second = (each.learner for each in enrolled(run, 2))
    (line,) = put_down(session, first, state="late")
    given = clerk.post(f"{address}offline/").json()
    assert given["people"] == sorted(
        [
            {
                "id": first.pk,
                "name": first.name,
                "is_guest": False,
                "is_assistance": False,
                "line": line.pk,
                "state": "late",
            }
            | {"minutes": None},
            {
                "id": second.pk,
                "name": second.name,
                "is_guest": False,
                "is_assistance": False,
                "line": None,
                "state": "",
            }
            | {"minutes": None},
        ],
        key=lambda each: each["name"],
    )
    assert {key: given[key] for key in ("id", "who", "minutes", "opens_at", "forgotten_at")} == {
        "id": session.pk,
        "who": clerk.user.pk,
        "minutes": 90,
        "opens_at": "2026-11-11T05:00:00+00:00",
        "forgotten_at": "2026-11-12T00:00:00+08:00",
    }
    assert set(given) == {"id", "who", "title", "when", "minutes", "opens_at", "forgotten_at", "people"}
    assert AuditEntry.objects.filter(verb="exported", detail="offline-roll").count() == 1
    assert clerk.get(f"{address}offline/").status_code == 405


def test_a_session_that_is_over_for_a_day_is_refused_in_words(clerk, session, address):
    with time_machine.travel(moment("12:00", on=session.on.replace(day=12)), tick=False):
        clerk.force_login(clerk.user)
        answer = clerk.post(f"{address}offline/")
    assert (answer.status_code, answer.json()["code"]) == (422, "other-day")


def test_marks_are_put_down_once_and_each_is_answered(clerk, run, address):
    first, second = (each.learner for each in enrolled(run, 2))
    marks = [a_mark(first), a_mark(second, "left-early", minutes=20)]
    for _ in range(2):
        answers = send(clerk, address, *marks).json()["answers"]
        assert [each["result"] for each in answers] == ["done", "done"]
    line = Attendance.objects.get(learner=second)
    assert answers[1]["now"] == {"line": line.pk, "state": "left-early", "minutes": 20}
    assert Attendance.objects.count() == 2
    assert Attendance.objects.filter(by=clerk.user, how="list").count() == 2


def test_a_conflict_says_who_put_down_what_and_when(clerk, school, run, session, address):
    learner = enrolled(run, 1)[0].learner
    other = a_member(Duty.SCHOOL_STAFF, school)
    other.first_name = "李老师"
    other.save()
    (line,) = put_down(session, learner, state="excused", by=other, now=moment("14:05"))
    (answer,) = send(clerk, address, a_mark(learner)).json()["answers"]
    assert answer["result"] == "conflict"
    assert answer["name"] == learner.name
    assert answer["message"] == "点名册上现在是“请假”，李老师 14:05 记的。"
    assert answer["now"] == {"line": line.pk, "state": "excused", "minutes": None}
    assert Attendance.objects.count() == 1


def test_a_conflict_with_the_door_says_it_was_they_themselves(clerk, run, session, address):
    learner = enrolled(run, 1)[0].learner
    put_down(session, learner, how="qr")
    (answer,) = send(clerk, address, a_mark(learner, "absent")).json()["answers"]
    assert "学员自己扫码" in answer["message"]


def test_bad_ones_are_answered_each_and_harm_no_other(clerk, run, address):
    learner = enrolled(run, 1)[0].learner
    bad = [
        a_mark(learner, "dancing"),
        a_mark(learner, minutes="x", state="left-early"),
        a_mark(learner, made_at="yesterday"),
        a_mark(learner) | {"learner": 2**70},
        a_mark(learner, knew={"a": 1}),
        a_mark(learner, made_at=5),
        a_mark(learner, made_at=["14:10"]),
        "nothing",
        {"id": 5},
    ]
    answers = send(clerk, address, a_mark(learner), *bad).json()["answers"]
    assert [each["result"] for each in answers] == ["done", *["refused"] * 7]
    assert {each["code"] for each in answers[1:]} == {"unreadable"}
    assert Attendance.objects.count() == 1


def test_one_number_for_two_people_is_put_down_once(clerk, run, address):
    first, second = (each.learner for each in enrolled(run, 2))
    mark = a_mark(first)
    answer = send(clerk, address, mark, mark | {"learner": second.pk})
    assert answer.status_code == 200
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("body", ["", "{", "[]", "5", '{"marks": 5, "who": 1}', '{"marks": []}', "[" * 9999])
def test_what_is_no_such_thing_is_refused_in_words(clerk, address, body):
    answer = clerk.post(f"{address}marks/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_no_more_than_so_many_at_once(clerk, run, address):
    learner = enrolled(run, 1)[0].learner
    answer = send(clerk, address, *[a_mark(learner)] * 501)
    assert (answer.status_code, answer.json()["code"]) == (400, "too-many")


def test_what_somebody_else_tapped_waits_for_them(clerk, run, address):
    learner = enrolled(run, 1)[0].learner
    answer = send(clerk, address, a_mark(learner), who=clerk.user.pk + 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "other-person")
    assert not Attendance.objects.exists()


def test_who_is_not_logged_in_is_led_to_log_in_and_nothing_is_put_down(clerk, run, address):
    learner = enrolled(run, 1)[0].learner
    clerk.logout()
    for answer in (
        send(clerk, address, a_mark(learner)),
        clerk.get(f"{PAGE}token/"),
        clerk.get(f"{PAGE}worker.js"),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")
    assert not Attendance.objects.exists()


def test_the_token_is_what_sending_asks_for(school, run, address):
    learner = enrolled(run, 1)[0].learner
    browser = Client(enforce_csrf_checks=True)
    browser.user = a_member(Duty.SCHOOL_STAFF, school)
    browser.force_login(browser.user)
    assert send(browser, address, a_mark(learner)).status_code == 403
    granted = browser.get(f"{PAGE}token/").json()
    assert (granted["who"], granted["may"]) == (browser.user.pk, True)
    assert (
        send(browser, address, a_mark(learner), headers={"X-CSRFToken": granted["token"]}).status_code == 200
    )


def test_the_token_says_whether_one_may(client, school):
    client.force_login(a_member(Duty.AUDITOR, school.guided_by))
    assert client.get(f"{PAGE}token/").json()["may"] is False


def test_a_teacher_sends_and_takes_only_their_own(client, school, session, run, address):
    learner = enrolled(run, 1)[0].learner
    client.user = a_member(Duty.TEACHER, school)
    client.force_login(client.user)
    assert client.post(f"{address}offline/").status_code == 404
    assert send(client, address, a_mark(learner)).status_code == 404
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER, user=client.user)
    session.save()
    assert client.post(f"{address}offline/").status_code == 200
    assert send(client, address, a_mark(learner)).json()["answers"][0]["result"] == "done"


def test_every_page_of_the_staff_area_forgets_what_is_over(clerk):
    page = parsed(clerk.get("/admin/desk/"))
    assert page.one('script[src$="offline/tidy.js"]')["data-log-out"] == "/admin/logout/"
