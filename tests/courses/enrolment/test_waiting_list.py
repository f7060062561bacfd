"""The waiting list: whose turn it is, how long, and that nobody is passed over."""

from datetime import timedelta

import pytest
from django.test import override_settings

from courses.enums import Duty, EnrolmentState, MessageKind
from courses.errors import NotAllowed
from courses.models import Enrolment
from courses.services.enrolment.cancelling import can_undo, cancel, undo_cancel
from courses.services.learners import merge
from courses.services.scheduling.runs import cancel_run, change_run
from courses.services.waiting_list import accept, decline, end_offers, fill_empty_seats, place_of
from tests.factories.classes import a_learner, a_member, a_school
from tests.factories.enrolments import NOW, an_open_run, enrolled, known_enrols, somebody_enrols
from tests.factories.timetable import DAY, a_plan, moment, weekly
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def states(*enrolments):
    return [Enrolment.objects.get(pk=each.pk).state for each in enrolments]


@pytest.fixture
def run():
    return an_open_run(seats=1)


@pytest.fixture
def three(run):
    return enrolled(run, 3)


def test_cancelling_offers_the_seat_to_the_next_one(three):
    first, second, third = three
    cancel(enrolment=first, by=None, now=NOW)
    assert states(*three) == ["cancelled", "offered", "waitlisted"]
    second.refresh_from_db()
    assert second.offered_until == NOW + timedelta(hours=24)
    assert second.messages.filter(kind=MessageKind.OFFER).count() == 1
    assert place_of(third) == 1


@override_settings(OFFER_HOURS=24 * 30)
def test_an_offer_never_outlasts_the_start(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    three[1].refresh_from_db()
    assert three[1].offered_until == moment()


def test_at_night_the_hours_count_from_the_morning(three):
    night = moment("22:00", NOW.date())
    cancel(enrolment=three[0], by=None, now=night)
    three[1].refresh_from_db()
    assert three[1].offered_until == moment("08:00", NOW.date() + timedelta(days=2))


def test_after_the_start_nobody_is_offered_anything(three, run):
    cancel(enrolment=three[0], by=None, now=moment() + MINUTE)
    assert states(*three) == ["cancelled", "waitlisted", "waitlisted"]
    assert fill_empty_seats(now=moment() + MINUTE) == 0


def test_in_a_cancelled_class_nobody_is_offered_anything(three, run):
    cancel_run(run=run, because="停课", by=None, at=NOW)
    cancel(enrolment=three[0], by=None, now=NOW)
    assert states(*three) == ["cancelled", "waitlisted", "waitlisted"]
    assert fill_empty_seats(now=NOW) == 0


def test_of_two_sessions_the_second_is_offered_once_the_first_has_begun():
    run = an_open_run(*weekly(a_plan(), 2), seats=1)
    first, second = enrolled(run, 2)
    cancel(enrolment=first, by=None, now=moment() + MINUTE)
    assert states(second) == ["offered"]


@pytest.mark.parametrize(
    ("cancelled_at", "after"),
    [("12:00", "offered"), ("12:01", "waitlisted"), ("13:59", "waitlisted"), ("06:00", "offered")],
)
def test_who_has_too_little_time_to_answer_keeps_the_place(three, cancelled_at, after):
    """The class begins at two in the afternoon."""
    cancel(enrolment=three[0], by=None, now=moment(cancelled_at))
    assert states(three[1]) == [after]


def test_the_night_is_no_time_to_answer_in():
    """Twelve hours until the class, and one in which a telephone may ring."""
    run = an_open_run(a_plan("09:00"), seats=1)
    first, second = enrolled(run, 2)
    evening = moment("21:00", DAY - timedelta(days=1))
    cancel(enrolment=first, by=None, now=evening)
    assert states(second) == ["waitlisted"]
    assert fill_empty_seats(now=moment("08:00")) == 0


@override_settings(OFFER_HOURS=1)
def test_an_offer_of_an_hour_waits_for_the_morning_where_the_hour_falls_into_the_night(three):
    cancel(enrolment=three[0], by=None, now=moment("19:30", NOW.date()))
    assert states(three[1]) == ["waitlisted"]
    assert fill_empty_seats(now=moment("08:00", NOW.date() + timedelta(days=1))) == 1


def test_the_clock_passes_over_classes_that_have_nothing_to_come(three, run, django_assert_num_queries):
    run.sessions.update(starts_at=moment("08:00", NOW.date()), ends_at=moment("09:00", NOW.date()))
    with django_assert_num_queries(1):
        assert fill_empty_seats(now=NOW) == 0


def test_an_offered_seat_is_taken(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    assert accept(enrolment=three[1], by=None, now=NOW + MINUTE).state == EnrolmentState.CONFIRMED
    assert accept(enrolment=three[1], by=None, now=NOW + MINUTE).state == EnrolmentState.CONFIRMED
    assert three[1].events.filter(kind="accepted").count() == 1


def test_a_declined_seat_goes_on(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    decline(enrolment=three[1], by=None, now=NOW)
    assert decline(enrolment=three[1], by=None, now=NOW).state == EnrolmentState.DECLINED
    assert states(*three) == ["cancelled", "declined", "offered"]


def test_an_offer_that_ended_goes_on_and_cannot_be_taken(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    later = NOW + timedelta(hours=24)
    with refusal("offer-over"):
        accept(enrolment=three[1], by=None, now=later)
    assert end_offers(now=later) == 1
    assert states(*three) == ["cancelled", "expired", "offered"]
    with refusal("offer-over"):
        accept(enrolment=three[1], by=None, now=later)
    assert end_offers(now=later) == 0


def test_who_was_offered_nothing_can_neither_take_nor_decline(three):
    with refusal("not-offered"):
        accept(enrolment=three[1], by=None, now=NOW)
    with refusal("not-offered"):
        decline(enrolment=three[1], by=None, now=NOW)


def test_a_newcomer_does_not_jump_the_queue(three, run):
    cancel(enrolment=three[0], by=None, now=NOW)
    assert somebody_enrols(run).place == 2


def test_higher_priority_goes_first_then_the_earlier(three, run):
    late = known_enrols(run, a_learner(run.organiser)).enrolment
    Enrolment.objects.filter(pk=late.pk).update(priority=1)
    late.refresh_from_db()
    assert [place_of(late), place_of(three[1]), place_of(three[2])] == [1, 2, 3]
    cancel(enrolment=three[0], by=None, now=NOW)
    assert states(late, three[1]) == ["offered", "waitlisted"]


def test_more_seats_are_offered_at_once(three, run):
    planner = a_member(Duty.SCHOOL_STAFF, run.organiser)
    change_run(run=run, by=planner, at=NOW, capacity=3)
    assert states(*three) == ["confirmed", "offered", "offered"]


def test_seats_cannot_sink_below_those_taken(run):
    planner = a_member(Duty.SCHOOL_STAFF, run.organiser)
    change_run(run=run, by=planner, at=NOW, capacity=3)
    enrolled(run, 2)
    with refusal("fewer-than-enrolled"):
        change_run(run=run, by=planner, at=NOW, capacity=1)
    run.refresh_from_db()
    assert run.capacity == 3


def test_a_larger_room_fills_up_with_the_clock(three, run):
    type(run).objects.filter(pk=run.pk).update(capacity=2)
    assert fill_empty_seats(now=NOW) == 1
    assert fill_empty_seats(now=NOW) == 0


def test_strangers_answer_for_nobody(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    stranger = a_member(Duty.SCHOOL_STAFF, a_school())
    for verb in (accept, decline, cancel, undo_cancel):
        with pytest.raises(NotAllowed):
            verb(enrolment=three[1], by=stranger, now=NOW)


def test_cancelling_twice_is_once(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    cancel(enrolment=three[0], by=None, now=NOW)
    assert three[0].events.filter(kind="cancelled").count() == 1
    assert states(*three) == ["cancelled", "offered", "waitlisted"]


def test_what_ended_otherwise_cannot_be_cancelled(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    decline(enrolment=three[1], by=None, now=NOW)
    with refusal("not-live"):
        cancel(enrolment=three[1], by=None, now=NOW)


def test_after_the_class_nothing_is_cancelled(three):
    with refusal("run-ended"):
        cancel(enrolment=three[0], by=None, now=moment("18:00"))


def test_a_cancellation_is_taken_back_while_the_seat_is_free(run):
    (row,) = enrolled(run, 1)
    cancel(enrolment=row, by=None, now=NOW)
    assert undo_cancel(enrolment=row, by=None, now=NOW + 9 * MINUTE).state == EnrolmentState.CONFIRMED


def test_a_cancellation_is_not_taken_back_when_the_seat_went_on(three):
    cancel(enrolment=three[0], by=None, now=NOW)
    with refusal("seat-given"):
        undo_cancel(enrolment=three[0], by=None, now=NOW + MINUTE)


def test_a_cancellation_is_not_taken_back_after_ten_minutes(run):
    (row,) = enrolled(run, 1)
    cancel(enrolment=row, by=None, now=NOW)
    with refusal("too-late"):
        undo_cancel(enrolment=row, by=None, now=NOW + 11 * MINUTE)


def test_what_was_not_cancelled_is_not_taken_back(three):
    with refusal("not-cancelled"):
        undo_cancel(enrolment=three[0], by=None, now=NOW)


def test_who_waited_has_the_same_place_again(three):
    cancel(enrolment=three[1], by=None, now=NOW)
    undo_cancel(enrolment=three[1], by=None, now=NOW + MINUTE)
    assert [place_of(Enrolment.objects.get(pk=each.pk)) for each in three] == [0, 1, 2]


def test_who_enrolled_again_takes_nothing_back(run):
    row = somebody_enrols(run, name="王秀兰", phone="13800000001").enrolment
    cancel(enrolment=row, by=None, now=NOW)
    somebody_enrols(run, name="王秀兰", phone="13800000001")
    with refusal("enrolled-again"):
        undo_cancel(enrolment=row, by=None, now=NOW + MINUTE)


@pytest.mark.parametrize("verb", [accept, undo_cancel])
def test_in_a_cancelled_class_nothing_is_taken_and_nothing_taken_back(three, run, verb):
    cancel(enrolment=three[0], by=None, now=NOW)
    cancel_run(run=run, because="停课", by=None, at=NOW)
    row = three[1] if verb is accept else three[0]
    before = states(row)
    with refusal("run-cancelled"):
        verb(enrolment=row, by=None, now=NOW + MINUTE)
    assert states(row) == before
    assert not can_undo(Enrolment.objects.get(pk=three[0].pk), now=NOW + MINUTE)


def test_what_is_over_is_not_taken_back(run):
    (row,) = enrolled(run, 1)
    end = run.sessions.get().ends_at
    cancel(enrolment=row, by=None, now=end - MINUTE)
    with refusal("run-ended"):
        undo_cancel(enrolment=row, by=None, now=end)


def test_who_sits_elsewhere_at_that_time_takes_nothing_back(run):
    (row,) = enrolled(run, 1)
    cancel(enrolment=row, by=None, now=NOW)
    known_enrols(an_open_run(title="拍照入门"), row.learner)
    with refusal("overlaps") as refused:
        undo_cancel(enrolment=row, by=None, now=NOW + MINUTE)
    assert "拍照入门" in str(refused.value)
    assert states(row) == ["cancelled"]


def test_who_is_another_row_by_now_takes_nothing_back(run):
    (row,) = enrolled(run, 1)
    cancel(enrolment=row, by=None, now=NOW)
    merge(keep=a_learner(run.organiser), drop=row.learner, by=None)
    with refusal("merged"):
        undo_cancel(enrolment=row, by=None, now=NOW + MINUTE)
