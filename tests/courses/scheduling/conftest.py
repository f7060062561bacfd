"""A school whose plans are imported: its room, its planner, the term, and functions that look and load."""

from datetime import date

import pytest

from courses.enums import Duty
from courses.models import Term
from courses.services.scheduling.plan_import import apply_plan, read_plan
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.sheets import a_plan_book


@pytest.fixture
def school(db):
    return a_school(a_college("东社区学院", district="东区"), "田林社区学校")


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林社区学校"), "203", seats=None)


@pytest.fixture
def planner(school, room):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def term(db):
    dates = {"starts_on": date(2026, 9, 7), "ends_on": date(2027, 1, 15)}
    return Term.objects.update_or_create(code="26B", defaults=dates)[0]


@pytest.fixture
def look(planner, term):
    """A function that previews rows of a plan, or a whole file."""

    def look_at(*lines, data=b"", name="计划.xlsx", by=planner):
        return read_plan(data or a_plan_book(*lines), name=name, term=term, by=by)

    return look_at


@pytest.fixture
def load(planner, term):
    """A function that previews and applies rows of a plan, or a whole file."""

    def load_it(*lines, data=b"", name="计划.xlsx", by=planner):
        file = {"data": data or a_plan_book(*lines), "name": name, "term": term, "by": by}
        return apply_plan(**file, seen=read_plan(**file).seen)

    return load_it
