"""Eight people put down the same and different learners at once: totals stay exact on both databases.

The control leaves out the lock on learners: on PostgreSQL somebody is then counted as two people.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from courses.models import Learner
from courses.services.counting import keeping
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, total
from tests.factories.nodes import in_own_connection
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import DAY, a_plan

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, LEARNERS, LONGEST = 8, 5, 60


def at_once(jobs) -> list[Exception]:
    """Let all jobs begin together; return what went wrong."""
    together, wrong = threading.Barrier(len(jobs)), []

    @in_own_connection
    def work(job):
        together.wait(LONGEST)
        try:
            job()
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=[job], daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return wrong


@pytest.fixture
def sessions():
    first = a_held_session()
    plans = [a_plan(on=DAY + timedelta(days=day)) for day in range(1, WRITERS)]
    return [first, *(a_held_session(plan, organiser=first.run.organiser) for plan in plans)]


def test_eight_writers_count_exactly(sessions):
    people = seniors(sessions[0], LEARNERS)
    jobs = [lambda session=session: put_down(session, *people) for session in sessions]
    assert at_once(jobs) == []
    found = total(THE_CITY, "2026")
    assert (found.attendances, found.people) == (WRITERS * LEARNERS, LEARNERS)
    assert not check()


def test_twelve_scans_of_one_person_are_one(sessions):
    (somebody,) = seniors(sessions[0], 1)
    assert at_once([lambda: put_down(sessions[0], somebody, how="qr")] * 12) == []
    assert total(THE_CITY, "2026").attendances == 1
    assert not check()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_somebody_is_two_people(sessions, monkeypatch):
    (somebody,) = seniors(sessions[0], 1)
    looked, really = threading.Barrier(2), keeping.counted_of
    first_looks = threading.local()

    def look_together(group):
        found = really(group)
        if not getattr(first_looks, "done", False):
            first_looks.done = True
            looked.wait(LONGEST)
        return found

    def hold_nobody(learners):
        return {each.pk: each for each in Learner.objects.filter(pk__in=learners)}

    monkeypatch.setattr(keeping, "hold", hold_nobody)
    monkeypatch.setattr(keeping, "counted_of", look_together)
    assert at_once([lambda session=session: put_down(session, somebody) for session in sessions[:2]]) == []
    assert connection.vendor == "postgresql"
    assert total(THE_CITY, "2026").people == 2
