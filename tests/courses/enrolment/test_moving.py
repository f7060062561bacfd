"""Moving somebody to another class: one test for each way out."""

from datetime import timedelta

import pytest

from courses.enums import Duty, EnrolledThrough, EnrolmentState, FilledBy
from courses.errors import NotAllowed
from courses.models import Enrolment
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.enrolling import enrol_person
from courses.services.enrolment.moving import move
from courses.services.learners import merge
from courses.services.scheduling.runs import cancel_run
from tests.factories.classes import a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, a_wish, an_open_run, enrolled, known_enrols, some_facts
from tests.factories.timetable import DAY, LENGTH, a_plan, moment
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

WHY = "星期三来不了"


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def run(school):
    return an_open_run(seats=1, organiser=school)


@pytest.fixture
def other(school):
    return another(school)


def another(school, *, days: int = 1, seats: int = 1, clock: str = "14:00"):
    room = a_room(a_venue(school), seats=None)
    return an_open_run(
        a_plan(clock, DAY + timedelta(days=days), room=room), seats=seats, organiser=school, title="拍照入门"
    )


def state(row) -> str:
    return Enrolment.objects.get(pk=row.pk).state


def test_the_new_one_has_everything_of_the_old_and_a_voucher_of_its_own(run, other, clerk):
    wish = a_wish(filled_by=FilledBy.HELPER, contact_name="女儿", contact_phone="13911112222", token="form-1")
    old = enrol_person(run=run, facts=some_facts(), wish=wish, now=NOW).enrolment
    new = move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)
    assert (new.run, new.learner, new.state) == (other, old.learner, EnrolmentState.CONFIRMED)
    assert (new.filled_by, new.contact_name, new.through) == (FilledBy.HELPER, "女儿", EnrolledThrough.WEB)
    assert new.whole_contact_phone() == "13911112222"
    assert (new.consent_version, new.consent_at) == (old.consent_version, old.consent_at)
    assert new.voucher != old.voucher
    assert not new.is_from_form("form-1")
    assert new.learner.places.filter(organisation=other.organiser).exists()


def test_both_sides_say_who_and_why(run, other, clerk):
    (old,) = enrolled(run, 1)
    new = move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)
    for row, before in ((old, "confirmed"), (new, "")):
        event = row.events.last()
        assert (event.kind, event.from_state, event.by, event.because) == ("moved", before, clerk, WHY)
    assert new.messages.count() == 1


def test_the_old_seat_goes_to_the_next_one(run, other, clerk):
    old, waiting = enrolled(run, 2)
    move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)
    assert (state(old), state(waiting)) == ("cancelled", "offered")


def test_moving_within_the_same_time_does_not_stand_in_its_own_way(run, school, clerk):
    (old,) = enrolled(run, 1)
    assert move(enrolment=old, to=another(school, days=0), because=WHY, by=clerk, now=NOW).pk


def test_a_full_class_is_refused_and_nothing_changes(run, other, clerk):
    (old,) = enrolled(run, 1)
    enrolled(other, 1)
    with refusal("full"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)
    assert state(old) == "confirmed"


def test_a_place_in_the_queue_will_do_when_asked(run, other, clerk):
    (old,) = enrolled(run, 1)
    enrolled(other, 1)
    new = move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW, may_wait=True)
    assert (new.state, state(old)) == ("waitlisted", "cancelled")


def test_a_full_class_without_a_queue_is_refused_all_the_same(run, other, clerk):
    (old,) = enrolled(run, 1)
    enrolled(other, 1)
    other.waiting_places = 0
    other.save()
    with refusal("full"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW, may_wait=True)


def test_no_move_without_a_reason(run, other, clerk):
    (old,) = enrolled(run, 1)
    with refusal("no-reason"):
        move(enrolment=old, to=other, because="  ", by=clerk, now=NOW)


def test_no_move_to_the_same_class(run, clerk):
    (old,) = enrolled(run, 1)
    with refusal("same-run"):
        move(enrolment=old, to=run, because=WHY, by=clerk, now=NOW)


def test_what_is_cancelled_is_not_moved(run, other, clerk):
    (old,) = enrolled(run, 1)
    cancel(enrolment=old, by=None, now=NOW)
    with refusal("not-live"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)


def test_who_is_there_already_is_not_moved(run, other, clerk):
    (old,) = enrolled(run, 1)
    known_enrols(other, old.learner)
    with refusal("already-there"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)


def test_a_third_class_at_the_same_time_stands_in_the_way(run, other, school, clerk):
    (old,) = enrolled(run, 1)
    known_enrols(another(school, clock="14:30"), old.learner)
    with refusal("overlaps"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)
    assert state(old) == "confirmed"


def test_nobody_is_moved_to_a_cancelled_class(run, other, clerk):
    (old,) = enrolled(run, 1)
    cancel_run(run=other, because="停课", by=None, at=NOW)
    with refusal("run-cancelled"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW)


def test_nobody_is_moved_to_a_class_that_is_over(run, other, clerk):
    (old,) = enrolled(run, 1)
    with refusal("run-ended"):
        move(enrolment=old, to=other, because=WHY, by=clerk, now=moment("14:00", DAY + timedelta(1)) + LENGTH)


def test_nobody_is_moved_out_of_a_class_that_is_over(run, school, clerk):
    (old,) = enrolled(run, 1)
    later = another(school, days=9)
    with refusal("run-ended"):
        move(enrolment=old, to=later, because=WHY, by=clerk, now=moment("14:00", DAY) + LENGTH)
    assert state(old) == "confirmed"


def test_out_of_a_cancelled_class_people_are_moved(run, other, clerk):
    (old,) = enrolled(run, 1)
    cancel_run(run=run, because="停课", by=None, at=NOW)
    assert move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW).state == "confirmed"


def test_who_was_merged_since_is_moved_as_who_they_count_as(run, other, school, clerk):
    old, keep = known_enrols(run, a_learner(school)).enrolment, a_learner(school, "王芳", phone="13700000001")
    cancel_run(run=run, because="停课", by=None, at=NOW)
    merge(keep=keep, drop=old.learner, by=None)
    assert move(enrolment=old, to=other, because=WHY, by=clerk, now=NOW).learner == keep


def test_staff_of_neither_or_only_one_class_may_not(run, clerk):
    (old,) = enrolled(run, 1)
    for by in (clerk, a_member(Duty.SCHOOL_STAFF, a_school())):
        with pytest.raises(NotAllowed):
            move(enrolment=old, to=another(a_school()), because=WHY, by=by, now=NOW)
    assert state(old) == "confirmed"
