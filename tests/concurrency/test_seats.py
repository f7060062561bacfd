"""Seats are exact, however many want one at the same moment; nobody jumps the queue and no seat lies empty.

The control leaves out the lock on the class: on PostgreSQL everybody then gets the last seat. SQLite lets one writer
in at a time, which is its lock.
"""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection  # noqa: F401  read by skipif
from django.utils import timezone

from cms.services.prepared import rows_together
from courses.enums import Duty, EnrolmentState
from courses.errors import Refused
from courses.models import CourseRun, Enrolment, Learner
from courses.services import seats
from courses.services.enrolment import enrolling, entering, moving
from courses.services.enrolment.cancelling import cancel, undo_cancel
from courses.services.enrolment.moving import move
from courses.services.learners import erase, erasing, merge, merging, register, registering
from courses.services.scheduling.runs import change_run
from courses.services.waiting_list import accept, decline, end_offers, place_of
from tests.factories.classes import a_member, a_school
from tests.factories.enrolments import NOW, a_coming_run, an_open_run, enrolled, somebody_enrols
from tests.factories.nodes import at_once
from tests.factories.queues import assert_sound

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, SEATS, PLACES = 16, 3, 5
# How long one waits for the other to be there as well; held back by a lock, it never comes.
TOGETHER = 1.5
HOUR = timedelta(hours=1)


def enrols(run: CourseRun, **how):
    """Somebody who is about to enrol."""
    return partial(somebody_enrols, run, **how)


def codes(outcomes) -> Counter:
    return Counter(each.code if isinstance(each, Refused) else type(each).__name__ for each in outcomes)


def state_of(row: Enrolment) -> str:
    return Enrolment.objects.values_list("state", flat=True).get(pk=row.pk)


def test_each_seat_and_each_place_in_the_queue_is_given_once():
    run = an_open_run(seats=SEATS, waiting_places=PLACES)
    outcomes = at_once(*[enrols(run)] * PEOPLE)
    assert codes(outcomes) == {"Enrolled": SEATS + PLACES, "waiting-list-full": PEOPLE - SEATS - PLACES}
    places = sorted(each.place for each in outcomes if not isinstance(each, Refused))
    assert places == [0] * SEATS + list(range(1, PLACES + 1))
    assert Enrolment.objects.seated().count() == SEATS
    assert_sound(run)


def read_without_locking(run, *reads):
    return CourseRun.objects.get(pk=run.pk), rows_together(*reads)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_the_class_is_oversold(monkeypatch):
    run, counted = an_open_run(seats=1), threading.Barrier(PEOPLE)
    really = entering.entry

    def count_together(*how, **values):
        counted.wait(60)
        return really(*how, **values)

    monkeypatch.setattr(seats, "lock_run_and_read", read_without_locking)
    monkeypatch.setattr(entering, "entry", count_together)
    at_once(*[enrols(run)] * PEOPLE)
    assert Enrolment.objects.seated().count() == PEOPLE


def test_who_waits_has_the_place_they_were_told_also_when_clocks_differ():
    run = an_open_run(seats=0)
    fast = somebody_enrols(run, now=NOW + timedelta(seconds=2))
    slow = somebody_enrols(run, now=NOW)
    assert [fast.place, slow.place] == [1, 2]
    assert [place_of(each.enrolment) for each in (fast, slow)] == [1, 2]


def test_while_some_cancel_nobody_jumps_and_no_seat_stays_empty():
    run = an_open_run(seats=SEATS)
    first = enrolled(run, SEATS + 2)
    leave = [partial(cancel, enrolment=row, by=None, now=NOW) for row in first[: SEATS + 1]]
    outcomes = at_once(*leave, *[enrols(run)] * 6)
    assert codes(outcomes) == {"Enrolment": SEATS + 1, "Enrolled": 6}
    assert_sound(run)
    assert Enrolment.objects.seated().count() == SEATS
    assert state_of(first[-1]) == EnrolmentState.OFFERED


def test_cancelling_and_taking_it_back_at_once_give_the_seat_to_one():
    run = an_open_run(seats=1)
    (row,) = enrolled(run, 1)
    cancel(enrolment=row, by=None, now=NOW)
    outcomes = at_once(partial(undo_cancel, enrolment=row, by=None, now=NOW), *[enrols(run)] * 3)
    assert codes(outcomes) in ({"Enrolment": 1, "Enrolled": 3}, {"seat-given": 1, "Enrolled": 3})
    assert_sound(run)


def offered(run):
    """Fill a class, let one wait and have a seat offered to them; return the one and the next."""
    first, second, third = enrolled(run, 3)
    cancel(enrolment=first, by=None, now=NOW)
    second.refresh_from_db()
    return second, third


def test_an_answer_and_the_end_of_the_offer_at_once_give_the_seat_to_one():
    run = an_open_run(seats=1)
    row, following = offered(run)
    ends = row.offered_until
    answers = [partial(accept, enrolment=row, by=None, now=ends - HOUR)] * 2
    outcomes = at_once(*answers, partial(end_offers, now=ends))
    seen = state_of(row), state_of(following)
    assert seen in {("confirmed", "waitlisted"), ("expired", "offered")}
    assert (seen[0] == "expired") == (codes(outcomes)["offer-over"] == 2)
    assert row.events.filter(kind="accepted").count() == (seen[0] == "confirmed")
    assert_sound(run)


def test_taking_and_declining_at_once_is_one_answer():
    run = an_open_run(seats=1)
    row, following = offered(run)
    verbs = [partial(verb, enrolment=row, by=None, now=NOW) for verb in (accept, decline, decline)]
    at_once(*verbs)
    assert (state_of(row), state_of(following)) in {
        ("confirmed", "waitlisted"),
        ("declined", "offered"),
    }
    assert_sound(run)


def test_the_same_person_in_several_tabs_is_one_enrolment():
    run, who = an_open_run(seats=5), {"name": "王秀兰", "phone": "13800000001"}
    tabs = [enrols(run, token=f"tab-{number % 2}", **who) for number in range(6)]
    outcomes = at_once(*tabs)
    assert codes(outcomes) == {"Enrolled": 6}
    assert [each.is_new for each in outcomes].count(True) == 1
    assert [each.is_own for each in outcomes].count(True) == 3
    assert (Enrolment.objects.count(), Learner.objects.count()) == (1, 1)


def test_moving_to_and_fro_at_once_waits_for_nobody_for_ever():
    one, two = an_open_run(seats=8), an_open_run(seats=8)
    there, back = enrolled(one, 4), enrolled(two, 4)
    moves = [partial(move, enrolment=row, to=two, because="换", by=None, now=NOW) for row in there]
    moves += [partial(move, enrolment=row, to=one, because="换", by=None, now=NOW) for row in back]
    assert codes(at_once(*moves)) == {"Enrolment": 8}
    for run in (one, two):
        assert Enrolment.objects.live().filter(run=run).count() == 4
        assert_sound(run)


@pytest.fixture
def coming():
    """Make a class that is still to come by this machine's clock, and one at another hour."""
    organiser = a_school()
    return [a_coming_run(organiser, clock=clock, seats=5) for clock in ("09:00", "14:00")]


@pytest.fixture
def meet(monkeypatch):
    """Let two verbs hold what they lock first before either locks more: one that deadlocks does so every time."""
    meeting = threading.Barrier(2)

    def before(module, name):
        really = getattr(module, name)

        def wait_first(*args, **kwargs):
            _wait(meeting)
            return really(*args, **kwargs)

        monkeypatch.setattr(module, name, wait_first)

    def after(module, name):
        really = getattr(module, name)

        def wait_then(*args, **kwargs):
            done = really(*args, **kwargs)
            _wait(meeting)
            return done

        monkeypatch.setattr(module, name, wait_then)

    return before, after


def _wait(meeting: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        meeting.wait(TOGETHER)


def a_known(run, **facts):
    """Somebody who is enrolled, with the member of staff who sees them."""
    row = somebody_enrols(run, now=timezone.now(), **facts).enrolment
    return row, a_member(Duty.SCHOOL_STAFF, run.organiser)


WHO = {"name": "王秀兰", "phone": "13800000001"}


def test_erasing_and_enrolling_elsewhere_at_once(coming, meet):
    row, clerk = a_known(coming[0], **WHO)
    before, after = meet
    before(erasing, "give_up_seats")
    after(enrolling, "lock_seats")
    outcomes = at_once(
        partial(erase, learner=row.learner, typed_name="王秀兰", by=clerk),
        enrols(coming[1], now=timezone.now(), **WHO),
    )
    assert codes(outcomes) == {"NoneType": 1, "Enrolled": 1}
    erased = Learner.objects.get(pk=row.learner_id)
    assert not erased.enrolments.live().exists()


def test_erasing_and_moving_at_once(coming, meet):
    row, clerk = a_known(coming[0], **WHO)
    before, after = meet
    before(erasing, "give_up_seats")
    after(moving, "lock_seats_of")
    outcomes = at_once(
        partial(erase, learner=row.learner, typed_name="王秀兰", by=clerk),
        partial(move, enrolment=row, to=coming[1], because="换", by=None, now=timezone.now()),
    )
    assert outcomes[0] is None
    assert codes(outcomes[1:]) in ({"Enrolment": 1}, {"erased": 1})
    assert not Enrolment.objects.live().filter(learner=row.learner).exists()


def test_merging_and_enrolling_the_one_who_goes_at_once(coming, meet):
    row, clerk = a_known(coming[0], **WHO)
    kept = register(organisation=coming[0].organiser, by=None, name="王秀英", phone="13800000002").learner
    before, after = meet
    before(merging, "unite")
    after(enrolling, "lock_seats")
    outcomes = at_once(
        partial(merge, keep=kept, drop=row.learner, by=clerk),
        enrols(coming[1], now=timezone.now(), **WHO),
    )
    assert codes(outcomes) == {"Learner": 1, "Enrolled": 1}
    assert set(Enrolment.objects.live().values_list("learner_id", flat=True)) == {kept.pk}
    for run in coming:
        assert_sound(run)


def test_who_enrols_while_they_are_merged_enrols_as_the_one_who_stays(coming, meet):
    row, clerk = a_known(coming[0], **WHO)
    kept = register(organisation=coming[0].organiser, by=None, name="王秀英", phone="13800000002").learner
    before, _ = meet
    before(merging, "unite")
    before(registering, "locked")
    outcomes = at_once(
        partial(merge, keep=kept, drop=row.learner, by=clerk),
        enrols(coming[1], now=timezone.now(), **WHO),
    )
    assert codes(outcomes) == {"Learner": 1, "Enrolled": 1}
    assert set(Enrolment.objects.live().values_list("learner_id", flat=True)) == {kept.pk}


def test_more_seats_and_a_cancellation_at_once_are_both_offered():
    run = an_open_run(seats=1)
    first, *waiting = enrolled(run, 4)
    planner = a_member(Duty.SCHOOL_STAFF, run.organiser)
    outcomes = at_once(
        partial(change_run, run=run, by=planner, at=NOW, capacity=2),
        partial(cancel, enrolment=first, by=None, now=NOW),
    )
    assert codes(outcomes) == {"CourseRun": 1, "Enrolment": 1}
    assert [state_of(row) for row in waiting] == ["offered", "offered", "waitlisted"]
    assert_sound(run)


def test_fewer_seats_and_people_who_enrol_at_once():
    run = an_open_run(seats=4)
    enrolled(run, 1)
    planner = a_member(Duty.SCHOOL_STAFF, run.organiser)
    outcomes = at_once(partial(change_run, run=run, by=planner, at=NOW, capacity=2), *[enrols(run)] * 4)
    assert set(codes(outcomes)) <= {"CourseRun", "Enrolled", "fewer-than-enrolled"}
    assert_sound(run)


def test_a_household_enrols_at_once_each_gets_a_seat():
    run = an_open_run(seats=5)
    family = [
        enrols(run, name=name, phone="13800000001") for name in ("王秀兰", "陈国强", "陈明", "陈芳", "陈静")
    ]
    assert codes(at_once(*family)) == {"Enrolled": 4, "household-full": 1}
