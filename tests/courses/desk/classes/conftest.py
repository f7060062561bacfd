"""A school, and the clerk who plans its classes."""

import pytest

from courses.enums import Duty
from tests.factories.classes import a_college, a_person, a_room, a_school, a_venue
from tests.factories.timetable import a_plan, a_run, weekly


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林活动室"))


@pytest.fixture
def run(school, room):
    """Three Wednesdays with a teacher and a helper, a draft still."""
    teacher, helper = a_person(school, "王老师", role="teacher"), a_person(school, "李志愿")
    plans = weekly(a_plan(room=room, teacher=teacher, helpers=[helper]), 3)
    return a_run(*plans, organiser=school, capacity=20)


@pytest.fixture
def planner(logged_in, school):
    """The browser of the school's clerk; ``.user`` is them."""
    return logged_in(Duty.SCHOOL_STAFF, school)
