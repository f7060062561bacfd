"""Browsers of the people who work at the desk."""

from datetime import timedelta

import pytest
import time_machine

from courses.enums import Duty
from tests.factories.classes import a_college, a_member, the_city
from tests.factories.timetable import DAY, moment


@pytest.fixture
def college(db):
    return a_college("东社区学院", district="东区")


@pytest.fixture
def logged_in(client):
    """A function that gives a browser in which somebody with this duty is logged in; ``.user`` is them."""

    def log_in(duty, organisation):
        client.user = a_member(duty, organisation)
        client.force_login(client.user)
        return client

    return log_in


@pytest.fixture
def manager(logged_in, college):
    """The browser of the east's manager."""
    return logged_in(Duty.DISTRICT_MANAGER, college)


@pytest.fixture
def clerk(logged_in, college):
    """The browser of somebody at the east's college."""
    return logged_in(Duty.COLLEGE_STAFF, college)


@pytest.fixture
def city(logged_in, db):
    """The browser of the city's manager."""
    return logged_in(Duty.CITY_MANAGER, the_city())


@pytest.fixture
def before_it_begins():
    """The morning before: what has begun is neither stopped nor cancelled."""
    with time_machine.travel(moment("08:00", DAY - timedelta(days=1)), tick=False):
        yield
