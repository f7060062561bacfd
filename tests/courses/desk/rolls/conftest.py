"""A session of a school's class, and its clerk, before the roll."""

import pytest

from courses.enums import Duty
from tests.factories.classes import a_college, a_school
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
def clerk(logged_in, school):
    """The browser of the school's clerk; ``.user`` is them."""
    return logged_in(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def address(session):
    return f"/admin/desk/sessions/{session.pk}/roll/"
