"""`/progress/`: the number, the ring, the plan, districts, scenarios, this week, the four lines; dated and cheap."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import CourseRun, Programme
from courses.services.roll_call.guests import count_heads
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db

URL = "/progress/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def programme(today):
    return Programme.objects.get(year=today.year)


@pytest.fixture
def session(today):
    """A session yesterday, or today where that was last year."""
    return a_held_session(a_plan("00:00", on=today))


def page(client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_yet_is_zero_and_dated(client, today):
    said = page(client)
    assert "<b>0</b>" in said
    assert f"数到 {today.year} 年 {today.month} 月 {today.day} 日" in said


def test_the_number_is_that_of_the_roll(client, session):
    put_down(session, *seniors(session, 3))
    said = page(client)
    assert "<b>3</b>" in said
    assert "来过的人一共 3 位" in said
