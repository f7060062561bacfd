"""Somebody is put down while something else shifts what is counted: merged, moved, cancelled, reported.

One stops in the middle until the other waits for a lock. Each control leaves out what makes them wait, or look again:
the totals then differ from the roll. SQLite lets one writer in at a time, so nothing can happen in the middle there.
"""

import threading
import time
from datetime import date
from functools import partial

import pytest
from django.db import connection, transaction

from courses.enums import Duty
from courses.models import Learner
from courses.services.counting import closed, keeping
from courses.services.counting import recount as recount_module
from courses.services.counting.months import lock_month, locked_months
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, Place, total
from courses.services.learners import merge, merging
from courses.services.organisations import move_organisation
from courses.services.roll_call import marking
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_member
from tests.factories.nodes import at_once
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import LONG_BEFORE, a_plan, moment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time"),
]

LONGEST = 30
# Of the whole server: other tests' connections wait for locks of their own, which says nothing here.
WAITS_FOR_ME = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
IN_DECEMBER = moment("10:00", date(2026, 12, 3))


class Meanwhile:
    """Lets the first stop in the middle until the second, which begins then, waits or is done."""

    def __init__(self) -> None:
        self.is_inside, self.is_done, self.stopped = threading.Event(), threading.Event(), False
        self.has_waited = False

    def stopping(self, really):
        """Return ``really``, which the first time stops before it."""

        def stop_then(*args, **kwargs):
            if not self.stopped:
                self.stopped = True
                self.is_inside.set()
                self.wait_for_the_other()
            return really(*args, **kwargs)

        return stop_then

    def wait_for_the_other(self) -> None:
        until = time.monotonic() + LONGEST
        while not self.is_done.is_set() and time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute(WAITS_FOR_ME)
                if cursor.fetchall():
                    self.has_waited = True
                    return

    def run(self, first, second) -> list:
        def then():
            assert self.is_inside.wait(LONGEST)
            try:
                return second()
            finally:
                self.is_done.set()

        return at_once(first, then)


@pytest.fixture
def session():
    return a_held_session()


@pytest.fixture
def later(session):
    return a_held_session(a_plan("16:00"), organiser=session.run.organiser)


def fine(outcomes) -> bool:
    return not [each for each in outcomes if isinstance(each, Exception)]


def merged_while_put_down(session, later, monkeypatch):
    keep, drop = seniors(session, 2)
    put_down(session, keep)
    meanwhile = Meanwhile()
    monkeypatch.setattr(merging, "_fill_blanks", meanwhile.stopping(merging._fill_blanks))
    first = partial(merge, keep=keep, drop=drop, by=None)
    return meanwhile.run(first, partial(put_down, later, drop))


def test_who_is_merged_while_they_are_put_down_is_one_person(session, later, monkeypatch):
    assert fine(merged_while_put_down(session, later, monkeypatch))
    found = total(THE_CITY, "2026")
    assert (found.attendances, found.people) == (2, 1)
    assert not check()


def test_control_without_looking_again_they_are_two(session, later, monkeypatch):
    def look_once(learners):
        rows = Learner.objects.filter(pk__in=learners)
        whose = dict(rows.values_list("pk", keeping.PERSON))
        people = Learner.objects.select_for_update(no_key=True).filter(pk__in=whose.values()).order_by("pk")
        found = {each.pk: each for each in people}
        return {row: found[person] for row, person in whose.items()}

    monkeypatch.setattr(keeping, "hold", look_once)
    assert fine(merged_while_put_down(session, later, monkeypatch))
    assert total(THE_CITY, "2026").people == 2
    assert check()


def reported_while_put_down(session, monkeypatch):
    (learner,) = seniors(session, 1)
    college = session.run.organiser.guided_by
    manager = a_member(Duty.DISTRICT_MANAGER, college)
    meanwhile = Meanwhile()
    monkeypatch.setattr(marking, "session_refusal", meanwhile.stopping(marking.session_refusal))
    outcomes = meanwhile.run(
        partial(put_down, session, learner, now=IN_DECEMBER),
        partial(lock_month, district=college.area, month=date(2026, 11, 1), by=manager, now=IN_DECEMBER),
    )
    assert fine(outcomes)
    return locked_months(college.area)[0]


def test_a_month_is_reported_with_whom_is_being_put_down(session, monkeypatch):
    month = reported_while_put_down(session, monkeypatch)
    assert (month.lock.attendances, month.difference) == (1, 0)


def test_control_without_waiting_a_line_without_a_reason_comes_after_the_report(session, monkeypatch):
    monkeypatch.setattr(closed, "hold_named", lambda *args, **kwargs: None)
    month = reported_while_put_down(session, monkeypatch)
    assert (month.lock.attendances, month.difference, month.corrections) == (0, 1, 0)


def moved_while_put_down(session, monkeypatch):
    (learner,) = seniors(session, 1)
    school, other = session.run.organiser, a_college(district="别的区")
    manager = a_member(Duty.CITY_MANAGER, other.guided_by)
    meanwhile = Meanwhile()
    monkeypatch.setattr(keeping, "add", meanwhile.stopping(keeping.add))
    outcomes = meanwhile.run(
        partial(put_down, session, learner),
        partial(move_organisation, organisation=school, guided_by=other, by=manager),
    )
    assert fine(outcomes)
    return total(Place.of_branch(other), "2026").attendances


def test_an_organisation_that_moves_takes_along_who_is_being_put_down(session, monkeypatch):
    assert moved_while_put_down(session, monkeypatch) == 1
    assert not check()


def test_control_without_waiting_they_stay_behind(session, monkeypatch):
    monkeypatch.setattr(keeping, "hold_named", lambda *args, **kwargs: None)
    assert moved_while_put_down(session, monkeypatch) == 0
    assert check()


def checked_while_put_down(session, monkeypatch):
    first, second = seniors(session, 2)
    put_down(session, first)
    meanwhile, really = Meanwhile(), recount_module.live_totals
    stop = meanwhile.stopping(lambda found: found)
    monkeypatch.setattr(recount_module, "live_totals", lambda: stop(really()))
    outcomes = meanwhile.run(check, partial(put_down, session, second))
    assert fine(outcomes)
    assert total(THE_CITY, "2026").attendances == 2
    return outcomes[0], meanwhile.has_waited


def test_a_check_sees_one_moment_and_nobody_waits_for_it(session, monkeypatch):
    found, has_waited = checked_while_put_down(session, monkeypatch)
    assert (bool(found), has_waited) == (False, False)


def test_control_without_one_moment_it_finds_what_is_none(session, monkeypatch):
    monkeypatch.setattr(recount_module, "_as_of_one_moment", transaction.atomic)
    found, _ = checked_while_put_down(session, monkeypatch)
    assert found


def test_totals_made_anew_miss_nobody_who_is_being_put_down(session, monkeypatch):
    (learner,) = seniors(session, 1)
    meanwhile = Meanwhile()
    monkeypatch.setattr(keeping, "add", meanwhile.stopping(keeping.add))
    assert fine(meanwhile.run(partial(put_down, session, learner), recount_module.recount))
    assert total(THE_CITY, "2026").attendances == 1
    assert not check()


def test_several_are_cancelled_while_the_roll_of_one_is_called_and_nobody_waits_for_ever(
    session, later, monkeypatch
):
    (learner,) = seniors(session, 1)
    put_down(session, learner)
    meanwhile = Meanwhile()
    monkeypatch.setattr(marking, "hold_month", meanwhile.stopping(marking.hold_month))
    outcomes = meanwhile.run(
        partial(put_down, later, learner),
        partial(cancel_sessions, sessions=[later, session], because="台风", by=None, now=LONG_BEFORE),
    )
    assert fine(outcomes)
    assert total(THE_CITY, "2026").attendances == 0
    assert not check()
