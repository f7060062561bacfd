"""A device sends the same marks twice at the same moment: they are put down once, and both are told so.

The control leaves out the locks: on PostgreSQL both find nothing, and only a unique index stands in the way.
"""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, connection  # noqa: F401  read by skipif

from courses.models import Attendance, Learner
from courses.services.counting import keeping
from courses.services.counting.recount import check
from courses.services.roll_call import marking, uploading
from courses.services.roll_call.uploading import OffLineMark, upload
from tests.concurrency.test_counting import LONGEST, at_once
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.timetable import moment

pytestmark = pytest.mark.django_db(transaction=True)

LATER = moment("17:00")


@pytest.fixture
def session():
    return an_open_run(seats=None).sessions.get()


@pytest.fixture
def marks(session):
    learners = [each.learner_id for each in enrolled(session.run, 5)]
    return [
        OffLineMark(
            client_id=UUID(int=each), learner_id=each, state="present", made_at=moment("14:10"), knew=None
        )
        for each in learners
    ]


def sending(session, marks, answers):
    """Return something that sends everything and keeps the answers."""
    return lambda: answers.append(upload(session=session, marks=marks, by=None, now=LATER))


def test_both_are_told_that_it_is_done_and_it_is_there_once(session, marks):
    answers = []
    assert at_once([sending(session, marks, answers)] * 4) == []
    assert len(answers) == 4
    assert all(not each.is_conflict and each.refusal is None and each.line for one in answers for each in one)
    assert Attendance.objects.count() == len(marks)
    assert not check()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_locks_one_of_them_breaks(session, marks, monkeypatch):
    together, really = threading.Barrier(2), Attendance.objects.bulk_create

    def put_down_together(lines):
        together.wait(LONGEST)
        return really(lines)

    monkeypatch.setattr(uploading, "lock_session", lambda session: None)
    monkeypatch.setattr(marking, "lock_session", lambda session: None)
    monkeypatch.setattr(keeping, "hold", Learner.objects.in_bulk)
    monkeypatch.setattr(Attendance.objects, "bulk_create", put_down_together)
    wrong = at_once([sending(session, marks, [])] * 2)
    assert [type(each) for each in wrong] == [IntegrityError]
