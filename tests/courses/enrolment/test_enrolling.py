"""Enrolling: one test for each way out."""

from datetime import timedelta

import pytest

from courses.enums import Duty, EnrolledThrough, EnrolmentState, MessageKind
from courses.errors import NotAllowed, Refused
from courses.models import CapacityRule, Enrolment, Learner
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.enrolling import enrol_person
from courses.services.scheduling.runs import cancel_run
from tests.factories.classes import a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import (
    NOW,
    a_wish,
    an_open_run,
    enrolled,
    known_enrols,
    some_facts,
    somebody_enrols,
)
from tests.factories.timetable import DAY, a_plan, a_run, moment, weekly
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

AGAIN = {"name": "王秀兰", "phone": "13800000001"}


@pytest.fixture
def run():
    return an_open_run(seats=2)


def test_a_newcomer_gets_a_seat_is_registered_and_told(run):
    done = somebody_enrols(run, name="王秀兰", phone="+86 138-0000-0001")
    row = Enrolment.objects.get()
    assert (done.is_new, done.is_own, done.place) == (True, True, 0)
    assert (row.state, row.through, row.learner.name) == (
        EnrolmentState.CONFIRMED,
        EnrolledThrough.WEB,
        "王秀兰",
    )
    assert row.learner.places.get().organisation == run.organiser
    event, message = row.events.get(), row.messages.get()
    assert (event.from_state, event.to_state, event.by, event.at) == ("", "confirmed", None, NOW)
    assert message.kind == MessageKind.SEAT


def test_the_voucher_has_eight_digits_and_is_kept_nowhere(run):
    row = somebody_enrols(run).enrolment
    assert len(row.voucher) == 8
    assert row.voucher.isdecimal()
    kept = Enrolment.objects.filter(pk=row.pk).values().get()
    assert row.voucher not in "".join(str(value) for value in kept.values())
    assert Enrolment.objects.with_voucher(row.voucher).get() == row


def test_the_same_form_twice_is_one_enrolment_and_its_voucher(run):
    first = somebody_enrols(run, token="form-1", **AGAIN)
    again = somebody_enrols(run, token="form-1", **AGAIN)
    assert (again.is_new, again.is_own) == (False, True)
    assert again.enrolment.voucher == first.enrolment.voucher
    assert Enrolment.objects.count() == 1


def test_another_form_of_the_same_person_is_no_second_enrolment_and_shows_no_voucher(run):
    somebody_enrols(run, token="form-1", **AGAIN)
    again = somebody_enrols(run, token="form-2", **AGAIN)
    assert (again.is_new, again.is_own) == (False, False)
    assert Enrolment.objects.count() == 1


def test_another_form_of_who_is_enrolled_writes_nothing_about_them(run):
    row = known_enrols(run, a_learner(run.organiser, birth_year=None, **AGAIN)).enrolment
    again = somebody_enrols(run, token="a-strangers", birth_year=1940, **AGAIN)
    assert (again.enrolment, again.is_own) == (row, False)
    row.learner.refresh_from_db()
    assert row.learner.birth_year is None


def test_a_refusal_leaves_nobody_behind():
    full = an_open_run(seats=0, waiting_places=0)
    with refusal("full"):
        somebody_enrols(full, **AGAIN)
    assert not Learner.objects.exists()


def test_of_a_class_that_is_full_nobody_learns_how_many_share_a_number(run):
    for name in ("王一", "王二", "王三", "王四"):
        a_learner(run.organiser, name, phone=AGAIN["phone"])
    with refusal("full"):
        somebody_enrols(an_open_run(seats=0, waiting_places=0), **AGAIN)
    with refusal("household-full"):
        somebody_enrols(run, **AGAIN)


def test_without_tokens_nobody_is_shown_anything(run):
    somebody_enrols(run, token="", **AGAIN)
    assert not somebody_enrols(run, token="", **AGAIN).is_own


@pytest.mark.parametrize(
    "spelling",
    [
        "138 0000 0001",
        "138-0000-0001",
        "+8613800000001",
        "１３８００００００００１".replace("００００００００", "０００００００"),
        "138​00000001",
        "86 13800000001",
        "(138)00000001",
    ],
)
def test_seven_spellings_of_a_phone_are_one_person(run, spelling):
    somebody_enrols(run, **AGAIN)
    somebody_enrols(run, name="王 秀 兰", phone=spelling)
    assert Enrolment.objects.count() == 1


def test_another_name_under_the_same_phone_is_another_person(run):
    somebody_enrols(run, **AGAIN)
    assert somebody_enrols(run, name="李国强", phone=AGAIN["phone"]).is_new
    assert Learner.objects.count() == 2


def test_the_same_name_with_another_phone_is_another_person(run):
    somebody_enrols(run, **AGAIN)
    assert somebody_enrols(run, name=AGAIN["name"], phone="13800000002").is_new


def test_a_full_household_is_refused_and_nothing_is_kept(run):
    for name in ("王一", "王二", "王三", "王四"):
        a_learner(run.organiser, name, phone=AGAIN["phone"])
    with refusal("household-full"):
        somebody_enrols(run, **AGAIN)
    assert Learner.objects.count() == 4


def test_without_a_phone_name_year_and_street_identify(run):
    facts = some_facts("陈阿婆", area=run.organiser.area, birth_year=1938)
    facts = type(facts)(**{**vars(facts), "phone": ""})
    first = enrol_person(run=run, facts=facts, wish=a_wish(), now=NOW)
    again = enrol_person(run=run, facts=facts, wish=a_wish(), now=NOW)
    assert again.enrolment == first.enrolment
    assert not first.enrolment.learner.is_identity_confirmed


def test_without_a_phone_and_a_year_is_refused_by_field(run):
    facts = type(some_facts())(name="陈阿婆")
    with pytest.raises(Refused) as refused:
        enrol_person(run=run, facts=facts, wish=a_wish(), now=NOW)
    assert set(refused.value.fields) == {"birth_year", "area"}


def test_whom_to_call_must_be_a_number(run):
    with pytest.raises(Refused) as refused:
        enrol_person(run=run, facts=some_facts(), wish=a_wish(contact_phone="1380000"), now=NOW)
    assert set(refused.value.fields) == {"contact_phone"}


def test_whom_to_call_is_kept_hidden(run):
    wish = a_wish(contact_name="女儿", contact_phone="139 0000 0009", filled_by="helper")
    row = enrol_person(run=run, facts=some_facts(), wish=wish, now=NOW).enrolment
    row.refresh_from_db()
    assert (row.contact_name, row.masked_contact_phone) == ("女儿", "139****0009")
    assert "13900000009" not in row.contact_phone


def test_who_comes_when_it_is_full_waits_in_order(run):
    enrolled(run, 2)
    waiting = [somebody_enrols(run) for _ in range(2)]
    assert [each.place for each in waiting] == [1, 2]
    assert waiting[0].enrolment.state == EnrolmentState.WAITLISTED
    assert waiting[0].enrolment.messages.get().kind == MessageKind.WAITING


def test_the_waiting_list_can_be_full():
    run = an_open_run(seats=1, waiting_places=1)
    enrolled(run, 2)
    with refusal("waiting-list-full"):
        somebody_enrols(run)
    assert Learner.objects.count() == 2


def test_a_class_may_take_nobody_to_wait():
    run = an_open_run(seats=1, waiting_places=0)
    enrolled(run, 1)
    with refusal("full"):
        somebody_enrols(run)


def test_no_limit_is_unlimited_and_zero_is_none():
    assert somebody_enrols(an_open_run(seats=None)).place == 0
    assert somebody_enrols(an_open_run(seats=0)).place == 1


def test_the_room_limits_as_well():
    school = a_school()
    run = an_open_run(a_plan(room=a_room(a_venue(school), seats=1)), organiser=school, seats=30)
    enrolled(run, 1)
    assert somebody_enrols(run).place == 1


def test_before_enrolment_opens():
    run = an_open_run(enrol_from=NOW + timedelta(hours=1))
    with refusal("not-open-yet") as refused:
        somebody_enrols(run)
    assert "11月2日 下午 1:00" in str(refused.value)


def test_after_enrolment_closed():
    run = an_open_run(enrol_until=NOW - timedelta(hours=1))
    with refusal("enrolment-over"):
        somebody_enrols(run)


def test_a_draft_takes_nobody():
    with refusal("not-published"):
        somebody_enrols(a_run())


def test_a_cancelled_class_takes_nobody(run):
    cancel_run(run=run, because="老师病了", by=None, at=NOW)
    with refusal("run-cancelled"):
        somebody_enrols(run)


def test_a_class_that_is_over_takes_nobody(run):
    with refusal("run-ended"):
        somebody_enrols(run, now=moment("18:00"))


def test_two_classes_at_one_time(run):
    learner = somebody_enrols(run).enrolment.learner
    other = an_open_run(title="微信聊天")
    with refusal("overlaps") as refused:
        known_enrols(other, learner)
    assert "手机入门" in str(refused.value)


def test_a_cancelled_class_is_not_in_the_way(run):
    learner = somebody_enrols(run).enrolment.learner
    cancel_run(run=run, because="老师病了", by=None, at=NOW)
    assert known_enrols(an_open_run(), learner).is_new


def test_classes_that_touch_are_no_overlap(run):
    learner = somebody_enrols(run).enrolment.learner
    school = a_school()
    later = an_open_run(a_plan("15:30", room=a_room(a_venue(school))), organiser=school)
    assert known_enrols(later, learner).is_new


def test_enrolling_anew_after_cancelling(run):
    first = somebody_enrols(run, **AGAIN)
    cancel(enrolment=first.enrolment, by=None, now=NOW)
    again = somebody_enrols(run, **AGAIN)
    assert again.is_new
    assert again.enrolment != first.enrolment


def test_staff_of_another_school_may_not(run):
    stranger = a_member(Duty.SCHOOL_STAFF, a_school())
    with pytest.raises(NotAllowed):
        known_enrols(run, a_learner(run.organiser), by=stranger)


def test_staff_enrol_whom_they_see(run):
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    with pytest.raises(NotAllowed):
        known_enrols(run, a_learner(a_school(), phone="13800000002"), by=clerk)
    done = known_enrols(run, a_learner(run.organiser), by=clerk)
    assert done.enrolment.events.get().by == clerk


def test_staff_may_want_a_seat_or_nothing(run):
    enrolled(run, 2)
    with refusal("full"):
        known_enrols(run, a_learner(run.organiser), may_wait=False)


def test_staff_may_enrol_into_a_class_that_has_begun():
    school = a_school()
    run = an_open_run(*weekly(a_plan(room=a_room(a_venue(school))), 2), organiser=school)
    later = moment("18:00")
    with refusal("enrolment-over"):
        somebody_enrols(run, now=later)
    clerk = a_member(Duty.SCHOOL_STAFF, school)
    assert known_enrols(run, a_learner(school), by=clerk, now=later).is_new


def test_staff_go_above_the_classs_number_with_a_reason(run):
    enrolled(run, 2)
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    done = known_enrols(run, a_learner(run.organiser), by=clerk, override="陪老伴一起来")
    event = done.enrolment.events.get()
    assert (done.enrolment.state, event.because) == (EnrolmentState.CONFIRMED, "陪老伴一起来")


def test_nobody_goes_above_a_rule():
    CapacityRule.objects.create(limit=1, reason="首阶段每场最多 1 人", source="测试")
    school = a_school()
    run = an_open_run(a_plan(room=a_room(a_venue(school), seats=30)), organiser=school, seats=1)
    enrolled(run, 1)
    with refusal("over-rule") as refused:
        known_enrols(run, a_learner(school), override="陪老伴一起来")
    assert "首阶段" in str(refused.value)


def test_returning_learners_go_first():
    school = a_school()
    before = an_open_run(
        a_plan("08:00", DAY - timedelta(days=9), room=a_room(a_venue(school))), organiser=school
    )
    old = somebody_enrols(before, now=NOW - timedelta(days=30)).enrolment.learner
    window = {"returning_from": NOW - timedelta(hours=1), "enrol_from": NOW + timedelta(days=1)}
    run = an_open_run(organiser=school, **window)
    clerk = a_member(Duty.SCHOOL_STAFF, school)
    with refusal("not-open-yet"):
        known_enrols(run, a_learner(school), by=clerk, now=NOW + timedelta(minutes=1))
    assert known_enrols(run, old, by=clerk, now=NOW).is_new
