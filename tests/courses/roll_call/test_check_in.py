"""Signing in with a code: each way out, on the page and at the desk."""

from datetime import timedelta

import pytest
import time_machine

from courses.enums import Duty
from courses.errors import NotAllowed
from courses.models import Attendance
from courses.services.enrolment.cancelling import cancel
from courses.services.roll_call.check_in import (
    check_in_at_door,
    check_in_by_voucher,
    door_code,
    session_behind,
)
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_member, a_school
from tests.factories.enrolments import an_open_run, somebody_enrols
from tests.factories.roll_call import put_down
from tests.factories.timetable import LONG_BEFORE, moment
from tests.html import parsed
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

NOON = moment("13:45")
WANG = {"name": "王秀兰", "phone": "13800004567"}


@pytest.fixture
def run():
    return an_open_run(seats=9)


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def enrolment(run):
    return somebody_enrols(run, **WANG).enrolment


def at_door(session, digits, name="", *, now=NOON):
    return check_in_at_door(token=door_code(session, now=now), digits=digits, name=name, now=now)


def test_four_digits_at_the_door(session, enrolment):
    assert at_door(session, "4567").how == "qr"
    assert at_door(session, "4 5 6 7") is None
    assert Attendance.objects.get().learner == enrolment.learner


@pytest.mark.parametrize(("state", "minutes"), [("late", None), ("left-early", 5)])
def test_a_code_takes_nothing_back_of_what_is_known_better(session, enrolment, state, minutes):
    put_down(session, enrolment.learner, state=state, minutes=minutes)
    assert at_door(session, "4567", now=session.ends_at) is None
    assert Attendance.objects.get().state == state


def test_whoever_was_put_down_as_absent_comes_in_after_all(session, enrolment):
    put_down(session, enrolment.learner, state="absent")
    assert at_door(session, "4567", now=session.ends_at).state == "present"


def test_a_couple_says_who_it_is(run, session, enrolment):
    somebody_enrols(run, name="李国强", phone=WANG["phone"])
    with refusal("several"):
        at_door(session, "4567")
    assert at_door(session, "4567", "李 国强").learner.name == "李国强"


def test_without_a_phone_the_year(run, session):
    learner = somebody_enrols(run, birth_year=1938).enrolment.learner
    learner.keep_phone("")
    learner.save()
    assert at_door(session, "1938").learner == learner


@pytest.mark.parametrize(("digits", "code"), [("456", "digits"), ("9999", "not-enrolled")])
def test_what_does_not_fit(session, enrolment, digits, code):
    with refusal(code):
        at_door(session, digits)
    assert not Attendance.objects.exists()


def test_a_forged_code(session):
    with refusal("forged"):
        session_behind("abc:def", now=NOON)
    with refusal("forged"):
        session_behind(door_code(session, now=NOON) + "x", now=NOON)


def test_the_code_of_another_day(session):
    with refusal("other-day"):
        session_behind(door_code(session, now=NOON), now=NOON + timedelta(days=1))


def test_a_cancelled_session_takes_nobody(session, enrolment):
    cancel_sessions(sessions=[session], because="台风", by=None, now=LONG_BEFORE)
    with refusal("cancelled"):
        at_door(session, "4567")


def test_the_vouchers_code(session, enrolment):
    clerk = a_member(Duty.SCHOOL_STAFF, session.run.organiser)
    scanned = f"SSXT:{enrolment.voucher}"
    learner, line = check_in_by_voucher(session=session, scanned=scanned, by=clerk, now=NOON)
    assert (learner, line.by) == (enrolment.learner, clerk)
    spaced = f"{enrolment.voucher[:4]} {enrolment.voucher[4:]}"
    assert check_in_by_voucher(session=session, scanned=spaced, by=clerk, now=NOON)[1] is None


def test_vouchers_that_do_not_fit(session, enrolment):
    with refusal("no-voucher"):
        check_in_by_voucher(session=session, scanned="hello", by=None, now=NOON)
    other = somebody_enrols(an_open_run(title="微信聊天")).enrolment
    with refusal("other-class") as refused:
        check_in_by_voucher(session=session, scanned=other.voucher, by=None, now=NOON)
    assert "微信聊天" in str(refused.value)
    unknown = "00000000" if enrolment.voucher != "00000000" else "00000001"
    with refusal("unknown-voucher"):
        check_in_by_voucher(session=session, scanned=unknown, by=None, now=NOON)
    cancel(enrolment=enrolment, by=None, now=NOON - timedelta(hours=3))
    with refusal("no-seat"):
        check_in_by_voucher(session=session, scanned=enrolment.voucher, by=None, now=NOON)


def test_a_stranger_scans_nothing(session, enrolment):
    stranger = a_member(Duty.SCHOOL_STAFF, a_school())
    with pytest.raises(NotAllowed):
        check_in_by_voucher(session=session, scanned=enrolment.voucher, by=stranger, now=NOON)


@pytest.fixture
def page(session):
    return f"/check-in/{door_code(session, now=NOON)}/"


@time_machine.travel(NOON, tick=False)
def test_the_page_asks_and_puts_down(client, page, enrolment):
    asked = client.get(page)
    assert "no-store" in asked["Cache-Control"]
    assert not Attendance.objects.exists()
    assert "签到好了" in client.post(page, {"digits": "4567"}).content.decode()
    assert "已经签过到了" in client.post(page, {"digits": "4567"}).content.decode()
    assert Attendance.objects.count() == 1


@time_machine.travel(NOON, tick=False)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(client, page, enrolment):
    answer = client.post(page, {"digits": "9999"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "名单里没有找到您" in text
    assert 'value="9999"' in text
    assert enrolment.learner.name not in text
    assert client.post(page, {"digits": ""}).status_code == 422
    machine = client.post(page, {"digits": "4567", "website": "x"})
    assert machine.status_code == 422
    assert "请再填一次" in machine.content.decode()
    assert client.put(page).status_code == 405


@time_machine.travel(NOON, tick=False)
def test_what_is_wrong_is_read_out_with_its_field(client, page, run, enrolment):
    somebody_enrols(run, name="李国华", phone=WANG["phone"])
    for said, name in (
        ({"digits": ""}, "digits"),
        ({"digits": "9999"}, "digits"),
        ({"digits": "4567"}, "name"),
    ):
        answer = parsed(client.post(page, said))
        field = answer.one(f"[name={name}]")
        assert field["aria-invalid"] == "true"
        assert all(
            answer.one(f"#{there}").get_text(strip=True) for there in field["aria-describedby"].split()
        )
        assert answer.one(f".errors a[href='#{field['id']}']")
    assert "有两位是这 4 个数字" in answer.one("main").get_text()


@time_machine.travel(NOON, tick=False)
def test_after_many_wrong_guesses_the_teacher_helps(client, page, enrolment, settings):
    settings.VOUCHER_GUESSES_PER_ADDRESS = 2
    answers = [client.post(page, {"digits": "9999"}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    # Who guesses does not learn of a hit either.
    assert client.post(page, {"digits": "4567"}).status_code == 429
    assert not Attendance.objects.exists()
    assert client.post(page, {"digits": "4567"}, REMOTE_ADDR="10.0.0.2").status_code == 200


@time_machine.travel(NOON, tick=False)
def test_from_however_many_addresses_one_session_takes_so_many_guesses(client, page, enrolment, settings):
    settings.CHECK_IN_GUESSES_PER_SESSION = 2
    for number in range(2):
        client.post(page, {"digits": "9999"}, REMOTE_ADDR=f"10.0.0.{number}")
    answer = client.post(page, {"digits": "4567"}, REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 429
    assert "请老师帮您签" in answer.content.decode()


@time_machine.travel(NOON, tick=False)
def test_three_digits_are_no_guess_and_another_session_has_its_own_count(client, page, enrolment, settings):
    settings.VOUCHER_GUESSES_PER_ADDRESS = 1
    assert client.post(page, {"digits": "456"}).status_code == 422
    other = an_open_run(title="微信聊天").sessions.get()
    elsewhere = f"/check-in/{door_code(other, now=NOON)}/"
    assert [client.post(elsewhere, {"digits": "9999"}).status_code for _ in range(2)] == [422, 429]
    assert client.post(page, {"digits": "4567"}).status_code == 200


def test_a_wrong_code_has_a_page_of_its_own(client):
    answer = client.get("/check-in/forged/")
    assert answer.status_code == 404
    assert "这个码不对" in answer.content.decode()
