"""Reminders: the day before, from eight o'clock on, once for each session and each who comes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Message
from courses.services.enrolment.cancelling import cancel
from courses.services.learners.erasing import forget
from courses.services.messages.reminders import remind
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.enrolments import NOW, an_open_run, enrolled, somebody_enrols
from tests.factories.timetable import DAY, LONG_BEFORE, moment

pytestmark = pytest.mark.django_db

EVE = DAY - timedelta(days=1)
EIGHT = moment("08:00", EVE)


def reminders():
    return Message.objects.filter(kind="reminder")


def test_the_day_before_from_eight_on(run):
    enrolled(run, 1)
    assert remind(now=moment("07:59", EVE)) == 0
    assert remind(now=EIGHT) == 1
    message = reminders().get()
    session = run.sessions.get()
    assert (message.session, message.about) == (session, f"session-{session.pk}")
    assert message.due_at == EIGHT


def test_once(run):
    enrolled(run, 1)
    remind(now=EIGHT)
    assert remind(now=EIGHT + timedelta(hours=1)) == 0
    assert reminders().count() == 1


@pytest.mark.parametrize("on", [EVE - timedelta(days=1), DAY])
def test_neither_earlier_nor_on_the_day(run, on):
    enrolled(run, 1)
    assert remind(now=moment("09:00", on)) == 0


def test_who_enrols_later_in_the_day_is_reminded_then():
    run = an_open_run()
    enrolled(run, 1)
    remind(now=EIGHT)
    somebody_enrols(run, now=moment("16:00", EVE))
    assert remind(now=moment("16:10", EVE)) == 1


def test_made_at_night_it_is_told_in_the_morning(run):
    enrolled(run, 1)
    remind(now=moment("21:00", EVE))
    assert reminders().get().due_at == moment("08:00")


def test_only_who_has_a_seat(run):
    first, *_ = enrolled(run, 3)
    cancel(enrolment=first, by=None, now=NOW)
    # The second is offered the seat and has not answered, the third waits.
    assert remind(now=EIGHT) == 0


def test_nobody_is_reminded_of_what_is_off(run):
    enrolled(run, 1)
    cancel_sessions(sessions=list(run.sessions.all()), because="台风", by=None, now=LONG_BEFORE)
    assert remind(now=EIGHT) == 0


def test_nobody_is_reminded_of_a_class_that_is_off(run):
    enrolled(run, 1)
    cancel_run(run=run, because="台风", by=None, at=NOW)
    assert remind(now=EIGHT) == 0


def test_nobody_who_is_erased(run):
    (enrolment,) = enrolled(run, 1)
    forget(enrolment.learner)
    assert remind(now=EIGHT) == 0


def test_queries_are_the_same_for_one_and_for_many():
    run = an_open_run()

    def queries(many):
        enrolled(run, many)
        with CaptureQueriesContext(connection) as asked:
            assert remind(now=EIGHT) == many
        return len(asked)

    assert queries(1) == queries(9)
