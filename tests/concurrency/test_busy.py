"""Somebody else holds the class, or on SQLite the database, too long: a page that says so, and nothing is lost."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from cms.middleware.busy import is_busy
from courses.models import Enrolment
from courses.services.enrolment.enrolling import enrol
from tests.factories.classes import a_learner
from tests.factories.enrolments import a_coming_run, a_wish
from tests.html import parsed

pytestmark = pytest.mark.django_db(transaction=True)

PERSON = {
    "name": "王秀兰",
    "phone": "13800000001",
    "birth_year": "1950",
    "filled_by": "self",
    "consent": "on",
    "token": "form-1",
}


@pytest.fixture
def run():
    return a_coming_run(seats=3)


@contextmanager
def held(run):
    """Hold the class from elsewhere, while this connection has no patience."""
    if connection.vendor == "postgresql":
        other = connection.copy()
        other.set_autocommit(False)
        other.cursor().execute("SELECT 1 FROM courses_courserun WHERE id = %s FOR UPDATE", [run.pk])
        connection.cursor().execute("SET lock_timeout = '50ms'")
    else:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        connection.cursor().execute("PRAGMA busy_timeout = 50")
    try:
        yield
    finally:
        other.close()


def test_who_enrols_meanwhile_is_asked_to_try_again_with_what_they_typed(run, client):
    address = f"/classes/{run.code}/enrol/"
    with held(run):
        answer = client.post(address, PERSON)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    page = parsed(answer)
    assert page.one("input[name=phone]")["value"] == PERSON["phone"]
    assert not Enrolment.objects.exists()
    assert client.post(address, PERSON).status_code == 303


def test_who_cancels_meanwhile_sends_it_again_with_one_tap(run, client):
    client.post(f"/classes/{run.code}/enrol/", PERSON)
    with held(run):
        answer = client.post("/enrolments/mine/leave/", {"sure": "on"})
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    page = parsed(answer)
    assert "请再试一次" in page.one("h1").text
    assert {field["name"]: field["value"] for field in page.all("form input")} == {"sure": "on"}
    assert Enrolment.objects.get().state == "confirmed"


def test_the_same_of_a_service(run):
    learner = a_learner(run.organiser)
    with held(run), pytest.raises(OperationalError) as raised:
        enrol(run=run, learner=learner, wish=a_wish(), now=timezone.now(), by=None)
    assert is_busy(raised.value)


def test_what_does_not_go_away_by_itself_is_no_such_case():
    with pytest.raises(DatabaseError) as raised:
        connection.cursor().execute("SELECT 1 FROM nowhere")
    assert not is_busy(raised.value)
    assert not is_busy(OperationalError("no cause"))
