"""A session of a school's class, and its clerk, before the roll."""

import pytest

from courses.enums import Duty
from tests.factories.classes import a_college, a_member, a_school
from tests.factories.enrolments import an_open_run


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def run(school):
    return an_open_run(organiser=school, seats=40)


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def clerk(client, school):
    """The browser of the school's clerk; ``.user`` is them."""
    client.user = a_member(Duty.SCHOOL_STAFF, school)
    client.force_login(client.user)
    return client


@pytest.fixture
def address(session):
    return f"/admin/desk/sessions/{session.pk}/roll/"
