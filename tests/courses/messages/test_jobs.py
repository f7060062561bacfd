"""The clock's work for enrolment: each job does its part, and the command knows them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.services.jobs import JOBS
from courses import jobs
from courses.models import Enrolment, Message
from courses.services.enrolment.cancelling import cancel
from tests.factories.enrolments import NOW, enrolled
from tests.factories.timetable import DAY, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Set the clock: ``clock(moment)``."""
    return lambda now: monkeypatch.setattr(timezone, "now", lambda: now)


def test_every_minute_and_a_little_oftener():
    every = {name: JOBS[name].every for name in ("waiting-lists", "messages", "reminders")}
    assert timedelta(seconds=30) < every["waiting-lists"] == every["messages"] < timedelta(minutes=1)
    assert every["reminders"] == timedelta(minutes=10)


def test_offers_end_and_empty_seats_are_offered(run, clock):
    first, second, third = enrolled(run, 3)
    cancel(enrolment=first, by=None, now=NOW)
    clock(NOW + timedelta(hours=25))
    jobs.waiting_lists()
    states = dict(Enrolment.objects.values_list("pk", "state"))
    assert [states[each.pk] for each in (second, third)] == ["expired", "offered"]


def test_a_seat_that_nobody_cancelled_is_offered_too(run, clock):
    _, second = enrolled(run, 2)
    type(run).objects.filter(pk=run.pk).update(capacity=2)
    clock(NOW)
    jobs.waiting_lists()
    second.refresh_from_db()
    assert second.state == "offered"


def test_reminders_are_made_and_sent(gateway, run, clock):
    enrolled(run, 1)
    clock(moment("08:00", DAY - timedelta(days=1)))
    jobs.remind_of_tomorrow()
    jobs.send_messages()
    assert [words[:4] for _, _, words in gateway.given] == ["报上了：", "明天有课"]


def test_the_call_list_is_kept_true(run, clock):
    (enrolment,) = enrolled(run, 1)
    clock(NOW)
    jobs.send_messages()
    assert Message.objects.get().state == "to-call"
    cancel(enrolment=enrolment, by=None, now=NOW)
    jobs.send_messages()
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "to-call"]
