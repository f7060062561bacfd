"""Two clerks register the same person at the same moment: one learner, and neither clerk sees an error.

Two nets hold: whoever writes the same number waits for the other, and the constraint catches who did not. Each is
taken away in turn; the control takes both away, and must fail.
"""

import threading
from contextlib import contextmanager, suppress

import pytest
from django.db import connection

from courses.enums import Duty
from courses.models import Learner, LearnerPlace
from courses.services.learners import register, registering
from courses.services.learners.facts import LearnerFacts
from tests.factories.classes import a_member, a_school
from tests.factories.nodes import in_own_connection

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST = 20
# How long one waits for the other to have looked as well; held back by a lock, it never comes.
TOGETHER = 1.5


@pytest.fixture
def both_look_before_either_writes(monkeypatch):
    """Make two who register look each other in the eye between looking and writing."""
    meeting, looked = threading.Barrier(2), LearnerFacts.among_all

    def look_and_wait(facts, **how):
        found = looked(facts, **how)
        # Only the first look of each: a second one is the constraint's.
        if not getattr(threading.current_thread(), "has_looked", False):
            threading.current_thread().has_looked = True
            with suppress(threading.BrokenBarrierError):
                meeting.wait(TOGETHER)
        return found

    monkeypatch.setattr(LearnerFacts, "among_all", look_and_wait)


@contextmanager
def without_waiting(monkeypatch):
    """Take the lock away: PostgreSQL's on the number, SQLite's on the whole file while one writes."""
    monkeypatch.setattr(registering, "to_hold_identity", lambda **_: ())
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    yield


def registered_at_once(*, names=("王秀英", "王秀英")) -> tuple[list, list]:
    """Register at two schools in two threads; return what came of it and what went wrong."""
    results, errors = [], []

    @in_own_connection
    def go(name, school, clerk):
        try:
            results.append(register(name=name, phone="13800001234", organisation=school, by=clerk))
        except Exception as error:
            errors.append(error)

    schools = [a_school(), a_school()]
    clerks = [a_member(Duty.SCHOOL_STAFF, school) for school in schools]
    threads = [
        threading.Thread(target=go, args=each, daemon=True)
        for each in zip(names, schools, clerks, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return results, errors


def assert_one_learner_at_two_places(results, errors):
    assert errors == []
    assert sorted(each.is_new for each in results) == [False, True]
    assert Learner.objects.count() == 1
    assert LearnerPlace.objects.count() == 2


def test_two_at_once_make_one_learner(both_look_before_either_writes):
    assert_one_learner_at_two_places(*registered_at_once())


def test_the_constraint_alone_makes_one_learner(both_look_before_either_writes, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no writing at once without its lock")
    monkeypatch.setattr(registering, "to_hold_identity", lambda **_: ())
    assert_one_learner_at_two_places(*registered_at_once())


def test_control_without_lock_and_second_look_it_goes_wrong(both_look_before_either_writes, monkeypatch):
    def made_without_a_net(facts, *, is_demo):
        learner = Learner(name=facts.name)
        learner.keep_phone(facts.phone)
        learner.save()
        return learner, True

    monkeypatch.setattr(registering, "_made", made_without_a_net)
    with without_waiting(monkeypatch):
        _, errors = registered_at_once()
    assert errors or Learner.objects.count() == 2


def full_household(school_of_three):
    for name in "甲乙丙":
        register(name=f"王{name}", phone="13800001234", organisation=school_of_three, by=None)


def test_the_last_place_of_a_household_is_given_once(both_look_before_either_writes):
    full_household(a_school())
    results, errors = registered_at_once(names=("陈国强", "李阿婆"))
    assert [len(results), len(errors)] == [1, 1]
    assert Learner.objects.count() == 4


def test_control_without_the_lock_the_household_overflows(both_look_before_either_writes, monkeypatch):
    full_household(a_school())
    with without_waiting(monkeypatch):
        _, errors = registered_at_once(names=("陈国强", "李阿婆"))
    # PostgreSQL lets five in; SQLite turns one away with an error that no clerk understands.
    assert Learner.objects.count() == 5 or "locked" in str(errors)
