"""What a message says is taken from the rows as they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import MessageKind
from courses.models import Enrolment, Learner, Message
from courses.services.enrolment.cancelling import cancel
from courses.services.messages.telling import tellings
from courses.services.scheduling.sessions import cancel_sessions, move_session
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled, somebody_enrols
from tests.factories.messages import a_message
from tests.factories.timetable import LONG_BEFORE, a_plan, moment, weekly

pytestmark = pytest.mark.django_db


def said(kind: str, *, now=NOW) -> list[str]:
    return [each.words for each in tellings(Message.objects.filter(kind=kind).order_by("pk"), now=now)]


def a_weekly_run(**details):
    organiser = a_school()
    room = a_room(a_venue(organiser, "长寿路学校"), seats=None)
    return an_open_run(*weekly(a_plan(room=room), 3), organiser=organiser, **details)


def test_the_place_in_the_queue_is_todays():
    run = an_open_run(seats=1)
    _, second, _ = enrolled(run, 3)
    assert ["第1位" in words for words in said("waiting")] == [True, False]
    assert "第2位" in said("waiting")[1]
    Enrolment.objects.filter(pk=second.pk).update(priority=-1)
    assert "第2位" in said("waiting")[0]
    cancel(enrolment=second, by=None, now=NOW)
    assert "第1位" in said("waiting")[1]


def test_an_offer_says_until_when():
    first, _ = enrolled(an_open_run(seats=1), 2)
    cancel(enrolment=first, by=None, now=NOW)
    assert said("offer") == [
        "轮到您了：手机入门，11月11日周三 下午2:00上课。要来，11月3日周二 下午12:00前打12345。过时让给别人。"
    ]


def test_a_class_with_a_telephone_of_its_own_names_it():
    enrolled(an_open_run(contact_phone="021-12345678"), 1)
    assert "有事打021-12345678。" in said("seat")[0]


def test_on_line_there_is_no_place():
    enrolled(an_open_run(a_plan()), 1)
    assert "下午2:00，线上。" in said("seat")[0]


def test_no_session_names_the_next_one():
    run = a_weekly_run()
    enrolled(run, 1)
    cancel_sessions(sessions=[run.sessions.first()], because="台风", by=None, now=LONG_BEFORE)
    assert said("no-session") == [
        "手机入门：11月11日周三 下午2:00没有课（台风）。下次11月18日周三 下午2:00。有事打12345。"
    ]


def test_moved_says_where_and_when_to_now():
    run = a_weekly_run()
    enrolled(run, 1)
    to = moment("09:30")
    session = run.sessions.first()
    move_session(session=session, because="换", by=None, starts_at=to, ends_at=to + timedelta(hours=1))
    assert said("moved") == ["手机入门有一次课改了：11月11日周三 上午9:30，长寿路学校 203。来不了，打12345。"]


def test_a_reminder_that_comes_late_says_today():
    (enrolment,) = enrolled(a_weekly_run(), 1)
    a_message(enrolment, MessageKind.REMINDER, session=enrolment.run.sessions.first())
    assert said("reminder", now=moment("16:00") - timedelta(days=1))[0].startswith("明天有课")
    assert said("reminder", now=moment("08:00"))[0].startswith("今天有课")


def test_a_merged_learner_is_the_one_they_were_merged_into():
    run = an_open_run()
    old = somebody_enrols(run, name="王秀英", phone="13800001111").enrolment
    new = somebody_enrols(run, name="王秀瑛", phone="13800002222").enrolment
    Learner.objects.filter(pk=old.learner_id).update(merged_into=new.learner)
    (told,) = tellings(old.messages.all(), now=NOW)
    assert told.written_to.number == "13800002222"


def test_nobody_to_reach():
    enrolment = somebody_enrols(an_open_run()).enrolment
    learner = enrolment.learner
    learner.keep_phone("")
    learner.save()
    (told,) = tellings(enrolment.messages.all(), now=NOW)
    assert (told.written_to, told.rung_up) == (None, None)
    learner.contact_name = "居委"
    learner.keep_contact_phone("02112345678")
    learner.save()
    (told,) = tellings(enrolment.messages.all(), now=NOW)
    assert (told.written_to, told.rung_up.name) == (None, "居委")


def test_queries_are_the_same_for_one_and_for_many():
    run = an_open_run(seats=2)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            tellings(Message.objects.all(), now=NOW)
        return len(asked)

    enrolled(run, 1)
    first = queries()
    enrolled(run, 4)
    assert queries() == first <= 4


def test_nothing_to_tell():
    assert tellings(Message.objects.none(), now=NOW) == []
