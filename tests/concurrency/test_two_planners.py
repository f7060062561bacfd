"""Two planners want one room, or one teacher, at one time: one of them gets it, on both databases.

The control leaves out the lock: on PostgreSQL both then get the room.
"""

import threading

import pytest
from django.db import connection

from courses.models import ClassSession
from courses.services.scheduling import plans
from courses.services.scheduling.plans import Clashing
from tests.factories.classes import a_person, a_room, a_school, a_venue
from tests.factories.nodes import in_own_connection
from tests.factories.timetable import a_plan, a_run

pytestmark = pytest.mark.django_db(transaction=True)

PLANNERS = 2
LONGEST = 30


def plan_at_once(make_plan) -> list[str]:
    """Let planners begin together; return what came of each."""
    organisers = [a_school() for _ in range(PLANNERS)]
    together, outcomes = threading.Barrier(PLANNERS), []

    def plan(organiser):
        together.wait(LONGEST)
        try:
            a_run(make_plan(), organiser=organiser)
        except Clashing:
            outcomes.append("taken")
        else:
            outcomes.append("planned")

    threads = [threading.Thread(target=in_own_connection(plan), args=[each]) for each in organisers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return sorted(outcomes)


def wishes():
    school = a_school()
    room, teacher = a_room(a_venue(school)), a_person(school)
    return {"room": lambda: a_plan(room=room), "teacher": lambda: a_plan(teacher=teacher)}


@pytest.mark.parametrize("what", ["room", "teacher"])
def test_one_of_two_planners_wins(what):
    assert plan_at_once(wishes()[what]) == ["planned", "taken"]
    assert ClassSession.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_both_win(monkeypatch):
    looked = threading.Barrier(PLANNERS)
    really = plans.clashes_of

    def look_together(*args, **kwargs):
        found = really(*args, **kwargs)
        looked.wait(LONGEST)
        return found

    monkeypatch.setattr(plans, "lock_held", lambda wanted: None)
    monkeypatch.setattr(plans, "clashes_of", look_together)
    assert plan_at_once(wishes()["room"]) == ["planned", "planned"]
    assert connection.vendor == "postgresql"
