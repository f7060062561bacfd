"""报名 by a clerk: what is read aloud, who may be meant, households, returning learners, going over; sent twice is one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty, EnrolledThrough, EnrolmentState
from courses.models import Enrolment
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import an_open_run
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"
PHONE = "13800001234"


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "东一社区学校")


@pytest.fixture
def clerk(client, school):
    """A browser in which the school's clerk is logged in; `.user` is the clerk."""
    client.user = a_member(Duty.SCHOOL_STAFF, school)
    client.force_login(client.user)
    return client


def a_coming_run(school, *, seats=None, room_seats=None, days=10, **details):
    """Make a published class that meets once, in ten days."""
    room = a_room(a_venue(school), seats=room_seats)
    day = timezone.localdate() + timedelta(days=days)
    return an_open_run(a_plan(room=room, on=day), organiser=school, seats=seats, **details)


def asked(**values):
    return {
        "name": "王秀英",
        "phone": "138 0000 1234",
        "birth_year": "1950",
        "agreed": "on",
        "through": "phone",
        "token": "t1",
    } | values


def address_of(run, learner=None):
    return f"{DESK}/classes/{run.pk}/enrol/" + (f"{learner.pk}/" if learner else "")


def test_a_caller_is_enrolled_and_told_the_voucher(clerk, school):
    run = a_coming_run(school, seats=2, bring="手机")
    page = clerk.get(address_of(run)).content.decode()
    for words in ("念给对方听", "您同意吗", "有座位，报了就有", "0/2"):
        assert words in page
    response = clerk.post(address_of(run), asked(), follow=True)
    one = Enrolment.objects.get()
    assert (one.state, one.through) == (EnrolmentState.CONFIRMED, EnrolledThrough.PHONE)
    assert one.events.get().by == clerk.user
    text = response.content.decode()
    for words in (f"{one.voucher[:4]} {one.voucher[4:]}", "报好了", "请带好：手机", "第一次来"):
        assert words in text
