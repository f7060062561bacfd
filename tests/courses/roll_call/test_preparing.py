"""Names for a device without a network: of today and tomorrow, until midnight, and put down who took them."""

from datetime import timedelta

import pytest

from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.services.roll_call.preparing import forgotten_at, may_prepare, prepare_off_line
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_member, a_school
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.timetable import DAY, moment

pytestmark = pytest.mark.django_db

NOON = moment("12:00")


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def session(school):
    return an_open_run(organiser=school, seats=None).sessions.get()


@pytest.mark.parametrize(("days", "may"), [(-2, False), (-1, True), (0, True), (1, False)])
def test_from_the_day_before_until_its_midnight(session, days, may):
    assert may_prepare(session, now=NOON + timedelta(days=days)) is may


def test_the_day_is_shanghais(session):
    assert not may_prepare(session, now=moment("23:59", on=DAY - timedelta(days=2)))
    assert may_prepare(session, now=moment("00:01", on=DAY - timedelta(days=1)))
    assert forgotten_at(session) == moment("00:00", on=DAY + timedelta(days=1))


def test_who_takes_the_names_is_put_down(session, school):
    enrolled(session.run, 2)
    clerk = a_member(Duty.SCHOOL_STAFF, school)
    assert len(prepare_off_line(session=session, by=clerk, now=NOON)) == 2
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.by, entry.detail, entry.subject_id) == (clerk, "offline-roll", str(session.pk))


def test_of_another_day_or_cancelled_nobody_gets_them(session, school):
    clerk = a_member(Duty.SCHOOL_STAFF, school)
    with pytest.raises(Refused, match="今天和明天"):
        prepare_off_line(session=session, by=clerk, now=NOON - timedelta(days=2))
    cancel_sessions(sessions=[session], because="下雨", by=None, now=moment("12:00"))
    with pytest.raises(Refused, match="取消"):
        prepare_off_line(session=session, by=clerk, now=NOON)
    assert not AuditEntry.objects.filter(verb="exported").exists()


def test_nor_who_may_not_call_this_roll(session, school):
    with pytest.raises(NotAllowed):
        prepare_off_line(session=session, by=a_member(Duty.TEACHER, school), now=NOON)
