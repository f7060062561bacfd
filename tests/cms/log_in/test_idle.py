"""A session that nobody used for half an hour ends; a use costs a write once a minute at most."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.enums import AuditVerb
from cms.models import AuditEntry
from tests.factories.pages import a_lesson

NOW = datetime(2021, 3, 1, 2, 0, tzinfo=UTC)
IDLE = "您离开太久了，请再登录一次。"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock, person, client):
    """A browser in which somebody is at work."""
    client.force_login(person)
    assert client.get("/admin/").status_code == 200
    return client


def test_half_an_hour_without_use_ends_it(browser, clock):
    clock.shift(timedelta(minutes=31))
    answer = browser.get("/admin/account/?a=1")
    assert answer["Location"] == "/admin/login/?idle=1&next=%2Fadmin%2Faccount%2F%3Fa%3D1"
    assert IDLE in browser.get(answer["Location"]).content.decode()
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")
    assert not Session.objects.exists()
    assert AuditEntry.objects.filter(verb=AuditVerb.LOGGED_OUT, detail="idle").exists()


def test_who_goes_on_stays_in(browser, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=20))
        assert browser.get("/admin/").status_code == 200


def test_the_notice_is_for_those_who_were_away(client, db):
    assert IDLE not in client.get("/admin/login/").content.decode()


def test_what_was_sent_too_late_does_nothing(browser, clock, person):
    clock.shift(timedelta(minutes=31))
    answer = browser.post("/admin/account/", {"name_email-first_name": "neu"})
    assert answer["Location"] == "/admin/login/?idle=1&next=%2Fadmin%2F"
    person.refresh_from_db()
    assert person.first_name != "neu"


def test_an_open_editor_is_no_use(browser, clock):
    lesson = a_lesson()
    ping = f"/admin/editing-sessions/ping/wagtailcore/page/{lesson.pk}/0/"
    for _ in range(3):
        clock.shift(timedelta(minutes=11))
        answer = browser.post(ping)
    assert answer.status_code == 403
    assert "idle=1" in browser.get("/admin/")["Location"]


def test_a_page_of_readers_is_shown_all_the_same(browser, clock):
    lesson = a_lesson()
    clock.shift(timedelta(minutes=31))
    assert browser.get(lesson.url).status_code == 200
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_use_is_written_down_once_a_minute_at_most(browser, clock):
    def writes():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/admin/account/")
        return [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]

    clock.shift(timedelta(seconds=30))
    assert not [sql for sql in writes() if "django_session" in sql]
    clock.shift(timedelta(seconds=31))
    assert [sql for sql in writes() if "django_session" in sql]
    assert not [sql for sql in writes() if "django_session" in sql]


def test_readers_meet_no_session(client, db):
    lesson = a_lesson()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(lesson.url)
    assert not answer.cookies
    assert not [query for query in queries if "django_session" in query["sql"]]
