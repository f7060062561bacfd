"""What is no longer true when its time comes is told to nobody: for each kind what makes it so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enums import MessageKind, MessageState
from courses.models import Enrolment, Message
from courses.services.enrolment.cancelling import cancel, undo_cancel
from courses.services.learners.erasing import forget
from courses.services.messages.sending import drop_from_call_list, send_due
from courses.services.messages.truth import no_longer_true, still_true
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import cancel_sessions, move_session, restore_session
from courses.services.waiting_list import decline, end_offers
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled, somebody_enrols
from tests.factories.messages import a_message
from tests.factories.timetable import LONG_BEFORE, a_plan, moment, weekly

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
OVER = moment("15:31")
HELD = moment("14:01")


def true_kinds(*, now=NOW) -> list[str]:
    """Return the kinds of what would still be told, and check that the rest would not."""
    rows = Message.objects.order_by("pk")
    true = list(still_true(rows, now=now).values_list("kind", flat=True))
    assert no_longer_true(rows, now=now).count() == rows.count() - len(true)
    return true


@pytest.fixture
def weekly_run():
    """A class that meets three times."""
    organiser = a_school()
    room = a_room(a_venue(organiser), seats=None)
    return an_open_run(*weekly(a_plan(room=room), 3), seats=1, organiser=organiser)


def test_a_seat(run):
    (enrolment,) = enrolled(run, 1)
    assert true_kinds() == ["seat"]
    assert true_kinds(now=OVER) == []
    cancel(enrolment=enrolment, by=None, now=NOW)
    assert true_kinds() == ["cancelled"]


def test_a_cancellation_taken_back(run):
    (enrolment,) = enrolled(run, 1)
    cancel(enrolment=enrolment, by=None, now=NOW)
    undo_cancel(enrolment=enrolment, by=None, now=NOW + MINUTE)
    assert true_kinds() == ["seat"]


def test_a_cancellation_of_who_came_back(run):
    enrolment = somebody_enrols(run, name="王秀英", phone="13800001111").enrolment
    cancel(enrolment=enrolment, by=None, now=NOW)
    somebody_enrols(run, name="王秀英", phone="13800001111", now=NOW + MINUTE)
    assert true_kinds() == ["seat"]


def test_a_place_in_the_queue_and_an_offer(run):
    first, second = enrolled(run, 2)
    assert true_kinds() == ["seat", "waiting"]
    cancel(enrolment=first, by=None, now=NOW)
    assert true_kinds() == ["cancelled", "offer"]
    assert true_kinds(now=NOW + timedelta(hours=24)) == ["cancelled"]
    decline(enrolment=second, by=None, now=NOW)
    assert true_kinds() == ["cancelled"]


def test_an_offer_that_is_over(run):
    first, _ = enrolled(run, 2)
    cancel(enrolment=first, by=None, now=NOW)
    end_offers(now=NOW + timedelta(hours=25))
    assert true_kinds() == ["cancelled", "offer-over"]
    assert true_kinds(now=OVER) == []


def remind(enrolment):
    session = enrolment.run.sessions.first()
    a_message(enrolment, MessageKind.REMINDER, about=f"session-{session.pk}", session=session)


def test_a_reminder(run):
    (enrolment,) = enrolled(run, 1)
    remind(enrolment)
    assert true_kinds() == ["seat", "reminder"]
    assert true_kinds(now=HELD) == ["seat"]
    cancel(enrolment=enrolment, by=None, now=NOW)
    assert "reminder" not in true_kinds()


def test_a_reminder_of_a_session_that_is_off(weekly_run):
    (enrolment,) = enrolled(weekly_run, 1)
    remind(enrolment)
    cancel_sessions(sessions=[weekly_run.sessions.first()], because="台风", by=None, now=LONG_BEFORE)
    assert true_kinds() == ["seat", "no-session"]


def test_of_a_session_only_the_last_word(weekly_run):
    enrolled(weekly_run, 1)
    session = weekly_run.sessions.first()
    move_session(session=session, because="换", by=None, starts_at=HELD, ends_at=HELD + timedelta(hours=1))
    assert true_kinds() == ["seat", "moved"]
    cancel_sessions(sessions=[session], because="台风", by=None, now=LONG_BEFORE)
    assert true_kinds() == ["seat", "no-session"]
    session.refresh_from_db()
    restore_session(session=session, because="晴了", by=None)
    assert true_kinds() == ["seat", "moved"]
    assert Message.objects.filter(kind="moved").count() == 2
    assert true_kinds(now=HELD + MINUTE) == ["seat"]


def test_the_last_session_off_is_told_though_nothing_is_to_come(run):
    enrolled(run, 1)
    cancel_sessions(sessions=list(run.sessions.all()), because="台风", by=None, now=LONG_BEFORE)
    assert true_kinds() == ["no-session"]


def test_a_class_that_is_off_is_all_there_is_to_say(weekly_run):
    enrolled(weekly_run, 2)
    cancel_run(run=weekly_run, because="老师病了", by=None, at=NOW)
    assert true_kinds() == ["no-class", "no-class"]
    Enrolment.objects.update(state="cancelled")
    assert true_kinds() == []


def test_who_is_erased_is_told_nothing(run):
    (enrolment,) = enrolled(run, 1)
    forget(enrolment.learner)
    assert true_kinds() == []


def test_what_is_not_true_is_dropped_not_sent(gateway, run):
    (enrolment,) = enrolled(run, 1)
    cancel(enrolment=enrolment, by=None, now=NOW)
    assert send_due(now=NOW) == 1
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "sent"]
    assert "报名取消了" in gateway.given[0][2]


def test_the_call_list_is_cleared_of_it(run):
    one, other = enrolled(an_open_run(), 2)
    Message.objects.update(state=MessageState.TO_CALL)
    cancel(enrolment=one, by=None, now=NOW)
    assert drop_from_call_list(now=NOW) == 1
    assert list(Message.objects.to_call()) == [other.messages.get()]
    assert timezone.is_aware(one.messages.order_by("pk").first().done_at)
