"""撤销: the roll says again what it said before."""

from datetime import timedelta

import pytest

from courses.enums import AttendanceState, Duty
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, total
from courses.services.learners import merge
from courses.services.roll_call.roll import roll_of
from courses.services.roll_call.undoing import undo_last
from tests.factories.classes import a_member
from tests.factories.roll_call import a_held_session, put_down, seniors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("was_there_first", [True, False])
def test_of_two_rows_that_were_merged_the_one_that_was_there_comes_back(was_there_first):
    session = a_held_session()
    clerk = a_member(Duty.SCHOOL_STAFF, session.run.organiser)
    keep, drop = seniors(session, 2)
    there, away = (keep, drop) if was_there_first else (drop, keep)
    put_down(session, there)
    put_down(session, away, state=AttendanceState.ABSENT)
    merge(keep=keep, drop=drop, by=None)
    now = session.starts_at + timedelta(minutes=40)
    put_down(session, keep, state=AttendanceState.EXCUSED, by=clerk, now=now)
    assert total(THE_CITY, f"{session.on:%Y}").attendances == 0
    undo_last(session=session, by=clerk, now=now + timedelta(minutes=1))
    assert [line.state for line in roll_of(session)] == [AttendanceState.PRESENT]
    assert total(THE_CITY, f"{session.on:%Y}").attendances == 1
    assert not check()
