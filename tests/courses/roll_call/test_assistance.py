"""帮办 (R6) on every other way of calling a roll: what turns it into training, and what does not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courses.enums import AttendanceState, Mastery, RecordedHow, RecordKind, RunMode
from courses.models import Attendance, ClassSession
from courses.services.roll_call.check_in import check_in_by_voucher
from courses.services.roll_call.online import put_down_minutes
from courses.services.roll_call.outcomes import Said, say_outcomes
from courses.services.roll_call.uploading import OffLineMark, upload
from courses.services.roll_paper.entering import put_down_paper
from courses.services.roll_paper.matrix import _called
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.roll_call import put_down
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return enrolled(an_open_run(), 1)[0]


@pytest.fixture
def session(row):
    return row.run.sessions.get()


@pytest.fixture
def now(session):
    return session.starts_at + timedelta(minutes=40)


@pytest.fixture(autouse=True)
def asked_about_one_thing(row, session, now):
    put_down(session, row.learner, now=now, kind=RecordKind.ASSISTANCE)


def said() -> tuple[str, str, bool]:
    line = Attendance.objects.last().get()
    return line.kind, line.state, line.counts


def test_whose_voucher_is_scanned_came_to_class(row, session, now):
    check_in_by_voucher(session=session, scanned=row.voucher, by=None, now=now)
    assert said() == ("training", "present", True)


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("1", ("training", "present", True)),
        ("1迟", ("training", "late", True)),
        ("1缺", ("assistance", "present", False)),
    ],
)
def test_who_signed_on_paper_came_to_class_and_who_did_not_still_asked(session, now, written, after):
    put_down_paper(session=session, written=written, by=None, now=now, how=RecordedHow.PAPER)
    assert said() == after


@pytest.mark.parametrize(
    ("minutes", "after"), [(54, ("training", "present", True)), (53, ("assistance", "present", False))]
)
def test_who_was_on_line_for_long_enough_came_to_class(row, session, now, minutes, after):
    ClassSession.objects.update(mode=RunMode.HYBRID)
    session.refresh_from_db()
    put_down_minutes(session=session, minutes={row.learner: minutes}, by=None, now=now)
    assert said() == after


def test_a_device_without_a_network_corrects_the_state_only(row, session, now):
    mark = OffLineMark(
        client_id=uuid4(),
        learner_id=row.learner_id,
        state=AttendanceState.LATE,
        minutes=None,
        made_at=now,
        knew=Attendance.objects.get().pk,
    )
    upload(session=session, marks=[mark], by=None, now=now)
    assert said() == ("assistance", "late", False)


def test_who_only_asked_is_not_asked_what_they_learnt(row, session, now):
    answer = Said(learner_id=row.learner_id, lesson_code="", mastery=Mastery.ALONE)
    with refusal("not-there"):
        say_outcomes(session=session, said=[answer], by=None, now=now)


def test_who_only_asked_has_no_sign_on_the_terms_sheet(row):
    assert _called(row.run) == ({}, {})
