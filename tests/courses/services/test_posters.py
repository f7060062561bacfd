"""The poster of a class: what stands on it, and that it stays one sheet."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from courses.enums import Duty, RunMode
from courses.errors import Refused
from courses.services import posters
from courses.services.posters import poster_of
from courses.services.scheduling.runs import cancel_run, publish_run
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly
from tests.pdf import page_count, signs

pytestmark = pytest.mark.django_db

NOW = moment("08:00", DAY - timedelta(days=7))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def words(monkeypatch):
    """A function that returns what stands on a class's poster, as the template is given it."""
    given = {}
    plain = posters.typeset
    monkeypatch.setattr(
        posters, "typeset", lambda path, *, data: given.update(data) or plain(path, data=data)
    )

    def asked(run, at=NOW):
        given.clear()
        poster_of(run, now=at)
        return given

    return asked


@pytest.fixture
def run():
    venue = a_venue(a_school(), "田林活动室", address="田林路 1 号", has_step_free_way=True)
    details = {"bring": "手机；老花镜", "contact_phone": "021-64360000", "title": "扫码付钱，三看再按"}
    return a_run(*weekly(a_plan(room=a_room(venue)), 3), organiser=venue.organisation, **details)


def test_it_says_what_when_where_and_how_to_come(run, words):
    said = words(run)
    assert (said["kind"], said["title"]) == ("扫码 · 线下班", "扫码付钱，三看再按")
    assert (said["day"], said["weekday"], said["starts"]) == ("11月11日", "星期三", "下午 2:00")
    assert said["until"] == "到 3:30，一共 3 次"
    assert (said["place"], said["about_place"]) == ("田林活动室 203", "田林路 1 号，没有台阶，轮椅能到")
    assert said["boxes"] == ["不要钱", "最多 20 人", "带手机"]
    assert said["number"] == "021-64360000"
    assert said["or_else"] == "或在门口登记"
    assert said["address"].endswith(f"/classes/{run.code}/")
    assert said["dark"] == "#285212"


def test_the_sheet_is_one_page_and_readable(run):
    pdf = poster_of(run, now=NOW)
    assert page_count(pdf) == 1
    assert set("扫码付钱三看再按田林活动室不要钱打电话报名或在门口登记") <= signs(pdf)


def test_after_the_first_session_it_tells_the_next(run, words):
    cancel_sessions(sessions=run.sessions.all()[1:2], because="停电", by=None, now=LONG_BEFORE)
    said = words(run, at=NOW + timedelta(days=8))
    assert said["day"] == "11月25日"
    assert said["until"] == "到 3:30，还有 1 次"
    assert words(run, at=NOW + timedelta(days=99))["day"] == "11月11日"


def test_on_line_it_is_at_home(words):
    said = words(a_run(a_plan(), fee=Decimal("30.50"), bring="", capacity=None))
    assert said["place"] == "在家里上"
    assert said["boxes"] == ["30.5 元"]
    assert said["or_else"] == "也可以请家人、居委帮您报"
    assert said["number"] == "12345"
    assert said["until"] == "到 3:30"


def test_mixed_says_that_one_may_stay_at_home(words):
    room = a_room(a_venue(a_school()))
    run = a_run(
        a_plan(room=room, mode=RunMode.HYBRID), organiser=room.venue.organisation, mode=RunMode.HYBRID
    )
    assert words(run)["about_place"].endswith("也可以在家里上")


def test_the_longest_words_and_odd_signs_stay_on_one_sheet():
    venue = a_venue(a_school(), "名" * 60, address="址" * 100)
    odd = {"title": "#$\\𠮷😀" * 12, "bring": "东" * 100, "contact_phone": "0" * 20, "capacity": 9999}
    pdf = poster_of(
        a_run(a_plan("12:30", room=a_room(venue, "室" * 20)), organiser=venue.organisation, **odd), now=NOW
    )
    assert page_count(pdf) == 1


def test_a_cancelled_class_and_one_without_sessions_have_none(run):
    cancel_sessions(sessions=run.sessions.all(), because="停电", by=None, now=LONG_BEFORE)
    with pytest.raises(Refused) as refusal:
        poster_of(run, now=NOW)
    assert refusal.value.code == "no-poster"
    other = a_run()
    with pytest.raises(Refused):
        poster_of(cancel_run(run=other, because="没人", by=None, at=NOW), now=NOW)


def test_readers_get_that_of_a_published_class(client, run):
    address = f"/classes/{run.code}/poster.pdf"
    assert client.get(address).status_code == 404
    publish_run(run=run, by=None, at=NOW)
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{run.code}-poster.pdf"'
    assert response.content.startswith(b"%PDF")
    assert "no-store" not in response["Cache-Control"]
    assert client.post(address).status_code == 405
    cancel_run(run=run, because="没人", by=None, at=NOW)
    assert client.get(address).status_code == 404


def test_staff_get_that_of_a_draft_of_their_own_branch(client, run):
    address = f"/admin/desk/classes/{run.pk}/poster.pdf"
    client.force_login(a_member(Duty.TEACHER, run.organiser))
    assert client.get(address).content.startswith(b"%PDF")
    assert f'href="{address}"' in client.get(f"/admin/desk/classes/{run.pk}/").content.decode()
    client.force_login(a_member(Duty.SCHOOL_STAFF, a_school(a_college())))
    assert client.get(address).status_code == 404


def test_where_there_is_none_the_desk_says_why(client, run):
    cancel_run(run=run, because="没人", by=None, at=NOW)
    client.force_login(a_member(Duty.SCHOOL_STAFF, run.organiser))
    text = client.get(f"/admin/desk/classes/{run.pk}/poster.pdf", follow=True).content.decode()
    assert "做不出海报" in text
    assert "poster.pdf" not in text
