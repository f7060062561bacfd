"""Several tabs of one person at once: nothing that was done is lost, and it counts once, on both databases.

The control leaves out the lock of the session: on PostgreSQL one tab then writes over what the other has done.
"""

import threading

import pytest
from django.db import connection  # noqa: F401 (named in skipif)

from courses.models import Attendance, StudyProgress
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, total
from courses.services.study import studying
from tests.concurrency.test_counting import LONGEST, at_once
from tests.factories.enrolments import somebody_enrols
from tests.factories.recorded import a_recorded_lesson, a_recorded_run, goes_through

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = range(1, 9)


@pytest.fixture
def enrolment():
    return somebody_enrols(a_recorded_run(a_recorded_lesson(5, questions=3))).enrolment


def test_eight_tabs_lose_nothing_and_count_once(enrolment):
    jobs = [lambda place=place: goes_through(enrolment, [place]) for place in (*PLACES, *PLACES)]
    assert at_once(jobs) == []
    progress = StudyProgress.objects.get()
    assert len(progress.done) == len(set(progress.done)) == len(PLACES)
    assert Attendance.objects.count() == 1
    assert total(THE_CITY, "2026").attendances == 1
    assert not check()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_one_tab_writes_over_the_other(enrolment, monkeypatch):
    goes_through(enrolment, [1])
    looked, really, once = threading.Barrier(2), studying._study, threading.local()

    def look_together(*asked):
        found = really(*asked)
        if not getattr(once, "done", False):
            once.done = True
            looked.wait(LONGEST)
        return found

    monkeypatch.setattr(studying, "lock_session", lambda session: None)
    monkeypatch.setattr(studying, "_study", look_together)
    assert at_once([lambda place=place: goes_through(enrolment, [place]) for place in (2, 3)]) == []
    assert len(StudyProgress.objects.get().done) == 2
