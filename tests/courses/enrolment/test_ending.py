"""Enrolments of who is erased, withdraws, or turns out to be somebody who is here already: a test for each way out."""

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, EnrolmentState
from courses.models import Enrolment, Learner
from courses.services.enrolment import giving_up
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.giving_up import give_up_seats, still_to_come, unite
from courses.services.enrolment.withdrawing import withdraw
from courses.services.learners import erase, merge
from tests.factories.classes import a_learner, a_member, a_school
from tests.factories.enrolments import NOW, an_open_run, enrolled, known_enrols, somebody_enrols
from tests.factories.timetable import DAY, LENGTH, moment
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

OVER = moment("14:00", DAY) + LENGTH


@pytest.fixture
def run():
    return an_open_run(seats=1)


def states(*enrolments) -> list[str]:
    return [Enrolment.objects.get(pk=each.pk).state for each in enrolments]


def kinds(enrolment) -> list[str]:
    return [each.kind for each in enrolment.events.all()]


# Withdrawing.


def test_withdrawing_erases_the_person_and_passes_the_seat_on(run):
    first = somebody_enrols(run, name="王秀兰").enrolment
    Enrolment.objects.filter(pk=first.pk).update(contact_name="女儿")
    (second,) = enrolled(run, 1)
    withdraw(enrolment=first, now=NOW)
    first.refresh_from_db()
    assert states(first, second) == ["cancelled", "offered"]
    assert kinds(first) == ["enrolled", "withdrawn"]
    assert (first.contact_name, first.whole_contact_phone()) == ("", "")
    learner = Learner.objects.get(pk=first.learner_id)
    assert learner.erased_at
    assert "王" not in learner.name
    assert (learner.phone_key, learner.birth_year) == ("", 1950)


def test_withdrawing_is_put_down_without_a_name(run):
    row = somebody_enrols(run, name="王秀兰").enrolment
    withdraw(enrolment=row, now=NOW)
    entry = AuditEntry.objects.get(verb=AuditVerb.ERASED)
    assert (entry.by, entry.detail, entry.subject_id) == (None, "self", str(row.learner_id))
    assert entry.organisation_id == run.organiser_id


def test_withdrawing_by_an_old_voucher_erases_who_the_row_counts_as(run):
    row = known_enrols(run, a_learner(run.organiser)).enrolment
    keep = a_learner(run.organiser, "王芳", phone="13700000001")
    merge(keep=keep, drop=row.learner, by=None)
    withdraw(enrolment=row, now=NOW)
    keep.refresh_from_db()
    assert keep.erased_at
    assert Learner.objects.get(pk=row.learner_id).erased_at


def test_nobody_withdraws_twice(run):
    row = somebody_enrols(run).enrolment
    withdraw(enrolment=row, now=NOW)
    with refusal("erased"):
        withdraw(enrolment=row, now=NOW)


# Giving up seats.


def test_every_seat_still_to_come_is_given_up_and_what_is_over_stays(run):
    learner = a_learner(run.organiser)
    over = known_enrols(run, learner).enrolment
    later = an_open_run(seats=1, organiser=run.organiser)
    session = later.sessions.get()
    session.starts_at, session.ends_at = session.starts_at + 7 * LENGTH, session.ends_at + 7 * LENGTH
    session.save()
    coming = known_enrols(later, learner).enrolment
    assert [each.pk for each in still_to_come(learner, now=OVER)] == [coming.pk]
    give_up_seats(learner, now=OVER, by=None)
    assert states(over, coming) == ["confirmed", "cancelled"]


def test_a_place_in_the_queue_is_given_up_too(run):
    _, waiting, third = enrolled(run, 3)
    give_up_seats(waiting.learner, now=NOW, by=None)
    assert states(waiting, third) == ["cancelled", "waitlisted"]


def test_erasing_by_staff_gives_the_seat_on(run):
    first, second = enrolled(run, 2)
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    erase(learner=first.learner, typed_name=first.learner.name, by=clerk)
    assert states(first, second) == ["cancelled", "offered"]
    assert first.events.last().by == clerk


def test_who_has_nothing_gives_up_nothing(run):
    (row,) = enrolled(run, 1)
    give_up_seats(a_learner(run.organiser), now=NOW, by=None)
    assert states(row) == ["confirmed"]


# Uniting.


@pytest.fixture
def twice(run):
    """The same person under two rows: with a seat, and waiting for another one; a third person waits."""
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    rows = [known_enrols(run, each).enrolment for each in (keep, drop)]
    return keep, drop, rows, enrolled(run, 1)[0]


def test_of_two_in_a_class_the_better_one_stays(twice):
    keep, drop, (seat, waiting), third = twice
    unite(keep=keep, drop=drop, now=NOW, by=None)
    assert states(seat, waiting, third) == ["confirmed", "cancelled", "waitlisted"]
    assert kinds(waiting)[-1] == "merged"


def test_the_better_one_of_who_goes_is_taken_over(twice):
    keep, drop, (seat, waiting), third = twice
    unite(keep=drop, drop=keep, now=NOW, by=None)
    seat.refresh_from_db()
    assert states(seat, waiting, third) == ["confirmed", "cancelled", "waitlisted"]
    assert seat.learner == drop
    assert kinds(seat)[-1] == "merged"


def test_two_seats_become_one_and_the_other_goes_on():
    run = an_open_run(seats=2)
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    one, two = (known_enrols(run, each).enrolment for each in (keep, drop))
    (third,) = enrolled(run, 1)
    merge(keep=keep, drop=drop, by=a_member(Duty.SCHOOL_STAFF, run.organiser))
    assert states(one, two, third) == ["confirmed", "cancelled", "offered"]


def test_an_enrolment_of_only_one_of_them_follows(run):
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    row = known_enrols(run, drop).enrolment
    merge(keep=keep, drop=drop, by=None)
    row.refresh_from_db()
    assert (row.learner, row.state) == (keep, EnrolmentState.CONFIRMED)


def test_what_is_over_stays_with_its_row(run):
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    row = known_enrols(run, drop).enrolment
    cancel(enrolment=row, by=None, now=NOW)
    unite(keep=keep, drop=drop, now=NOW, by=None)
    row.refresh_from_db()
    assert (row.learner, kinds(row)[-1]) == (drop, "cancelled")


def test_a_class_that_is_over_stays_with_who_sat_there(run):
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    row = known_enrols(run, drop).enrolment
    unite(keep=keep, drop=drop, now=OVER, by=None)
    row.refresh_from_db()
    assert (row.learner, kinds(row)) == (drop, ["enrolled"])


@pytest.mark.parametrize("verb", ["unite", "give up"])
def test_what_was_cancelled_while_one_waited_for_the_class_is_let_be(run, monkeypatch, verb):
    keep, drop = a_learner(run.organiser, "王芳"), a_learner(run.organiser, "王方", phone="13800000002")
    row, really = known_enrols(run, drop).enrolment, giving_up.lock_seats_of

    def somebody_was_quicker(runs):
        cancel(enrolment=row, by=None, now=NOW)
        return really(runs)

    monkeypatch.setattr(giving_up, "lock_seats_of", somebody_was_quicker)
    if verb == "unite":
        unite(keep=keep, drop=drop, now=NOW, by=None)
    else:
        give_up_seats(drop, now=NOW, by=None)
    assert kinds(row) == ["enrolled", "cancelled"]


def test_the_wish_of_another_organisation_is_untouched(run):
    (row,) = enrolled(run, 1)
    other = a_school()
    unite(keep=a_learner(other, "甲"), drop=a_learner(other, "乙"), now=NOW, by=None)
    assert kinds(row) == ["enrolled"]
