"""What only staff do with enrolments: households together, who goes first, where else there is room."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from courses.enums import Duty, EnrolmentEventKind, EnrolmentState
from courses.errors import NotAllowed, Refused
from courses.models import Enrolment
from courses.rules.nearness import Near, Spot, near
from courses.rules.roster import OnRoster, notes_on
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.elsewhere import classes_elsewhere
from courses.services.enrolment.enrolling import enrol_person
from courses.services.enrolment.finding import by_voucher
from courses.services.enrolment.prioritising import prioritise
from courses.services.enrolment.returning import household_to_ask, is_returning, returning_learners
from courses.services.enrolment.revealing import reveal_contact
from courses.services.enrolment.together import enrol_together
from courses.services.learners import merge
from tests.factories.classes import a_college, a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import (
    NOW,
    a_wish,
    an_open_run,
    enrolled,
    known_enrols,
    some_facts,
    somebody_enrols,
)
from tests.factories.timetable import DAY, a_plan, moment, weekly

pytestmark = pytest.mark.django_db
PHONE = "13800001234"
SEAT, WAITS = EnrolmentState.CONFIRMED, EnrolmentState.WAITLISTED


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def stranger():
    return a_member(Duty.SCHOOL_STAFF, a_school(a_college(district="西区")))


@pytest.fixture
def couple(school):
    return [a_learner(school, name, phone=PHONE) for name in ("王秀英", "陈国强")]


def together(run, learners, by, **how):
    return enrol_together(run=run, learners=learners, wish=a_wish(), now=NOW, by=by, **how)


def test_a_household_gets_seats_in_its_order(school, clerk, couple):
    run = an_open_run(organiser=school, seats=2)
    done = together(run, couple, clerk)
    assert [each.enrolment.learner for each in done] == couple
    assert {each.enrolment.state for each in done} == {SEAT}


def test_all_of_them_or_nobody(school, clerk, couple):
    run = an_open_run(organiser=school, seats=1)
    with pytest.raises(Refused) as refusal:
        together(run, couple, clerk)
    assert refusal.value.code == "not-all-fit"
    assert "if_short" in refusal.value.fields
    assert not run.enrolments.exists()


def test_those_who_fit_sit_and_the_others_wait(school, clerk, couple):
    run = an_open_run(organiser=school, seats=1)
    done = together(run, couple, clerk, some_may_wait=True)
    assert [(each.enrolment.state, each.place) for each in done] == [(SEAT, 0), (WAITS, 1)]


def test_one_alone_may_always_wait(school, clerk, couple):
    run = an_open_run(organiser=school, seats=0)
    (done,) = together(run, couple[:1], clerk)
    assert done.enrolment.state == WAITS


def test_what_stands_in_ones_way_names_them_and_undoes_all(school, clerk, couple):
    run = an_open_run(organiser=school)
    known_enrols(an_open_run(organiser=school), couple[1])
    with pytest.raises(Refused, match="陈国强：") as refusal:
        together(run, couple, clerk)
    assert refusal.value.code == "overlaps"
    assert not run.enrolments.exists()


def test_nobody_elsewhere_enrols_a_household(school, stranger, couple):
    with pytest.raises(NotAllowed):
        together(an_open_run(organiser=school), couple, stranger)


def test_going_over_needs_the_room(school, clerk, couple):
    room = a_room(a_venue(school), seats=2)
    run = an_open_run(a_plan(room=room), organiser=school, seats=1)
    together(run, couple, clerk, override="校长同意")
    assert run.enrolments.filter(state=SEAT).count() == 2
    with pytest.raises(Refused) as refusal:
        enrol_person(run=run, facts=some_facts(), wish=a_wish(), now=NOW, by=clerk, override="再加一位")
    assert refusal.value.code == "over-rule"


def test_a_new_person_gets_a_seat_above_the_classs_own_number(school, clerk):
    room = a_room(a_venue(school), seats=2)
    run = an_open_run(a_plan(room=room), organiser=school, seats=0)
    done = enrol_person(run=run, facts=some_facts(), wish=a_wish(), now=NOW, by=clerk, override="校长同意")
    assert (done.enrolment.state, done.enrolment.events.get().because) == (SEAT, "校长同意")


@pytest.fixture
def queue(school):
    """A class of one seat, and two who wait."""
    run = an_open_run(organiser=school, seats=1)
    return enrolled(run, 3)


def put_first(enrolment, by, **values):
    asked = {"priority": 1, "because": "腿脚不便", "now": NOW} | values
    return prioritise(enrolment=enrolment, by=by, **asked)


def test_who_is_put_first_is_asked_first(queue, clerk):
    seated, first, second = queue
    put_first(second, clerk)
    assert second.events.last().kind == EnrolmentEventKind.PRIORITY
    cancel(enrolment=seated, by=clerk, now=NOW)
    states = [Enrolment.objects.get(pk=each.pk).state for each in (first, second)]
    assert states == [WAITS, EnrolmentState.OFFERED]


def test_the_same_priority_again_changes_nothing(queue, clerk):
    put_first(queue[2], clerk)
    put_first(queue[2], clerk)
    assert queue[2].events.filter(kind=EnrolmentEventKind.PRIORITY).count() == 1


@pytest.mark.parametrize(
    ("who", "values", "code"),
    [
        (0, {}, "not-waiting"),
        (1, {"because": " "}, "no-reason"),
        (1, {"priority": 10}, "priority"),
        (1, {"priority": -1}, "priority"),
    ],
)
def test_who_cannot_be_put_first(queue, clerk, who, values, code):
    with pytest.raises(Refused) as refusal:
        put_first(queue[who], clerk, **values)
    assert refusal.value.code == code


def test_nobody_elsewhere_puts_first(queue, stranger):
    with pytest.raises(NotAllowed):
        put_first(queue[1], stranger)


def a_run_at(school, day_after: int, **details):
    venue = details.pop("venue", None) or a_venue(school)
    return an_open_run(
        a_plan(room=a_room(venue, str(day_after)), on=DAY + timedelta(days=day_after)),
        organiser=school,
        **details,
    )


def test_elsewhere_is_ordered_by_room_then_by_nearness(school):
    college, venue = school.guided_by, a_venue(school)
    manager = a_member(Duty.COLLEGE_STAFF, college)
    one = enrolled(a_run_at(school, 0, venue=venue), 1)[0]
    full = a_run_at(school, 1, venue=venue, seats=1)
    enrolled(full, 1)
    same_place, same_street = a_run_at(school, 3, venue=venue), a_run_at(school, 2)
    a_run_at(school, 5, seats=0, waiting_places=0)
    a_run_at(school, 6, enrol_from=moment(on=DAY))
    found = classes_elsewhere(one, user=manager, now=NOW)
    assert [each.run for each in found] == [same_place, same_street, full]
    assert [each.waits for each in found] == [False, False, True]


def test_elsewhere_is_never_where_they_are_nor_in_another_branch(school, clerk):
    one = enrolled(a_run_at(school, 0), 1)[0]
    known_enrols(a_run_at(school, 1), one.learner)
    a_run_at(a_school(a_college(district="西区")), 2)
    assert classes_elsewhere(one, user=clerk, now=NOW) == []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Spot(1, 10, "310104"), Near.SAME_PLACE),
        (Spot(2, 10, "310104"), Near.SAME_STREET),
        (Spot(2, 11, "310104"), Near.SAME_DISTRICT),
        (Spot(2, 12, "310105"), Near.NEXT_DOOR),
        (Spot(2, 13, "310151"), Near.FAR),
        (None, Near.ONLINE),
    ],
)
def test_nearness(other, said):
    assert near(Spot(1, 10, "310104"), other) is said
    assert said.words


def test_from_on_line_every_place_is_far():
    assert near(None, Spot(1, 10, "310104")) is Near.FAR


def test_returning_learners_sat_in_a_class_that_is_over(school, clerk):
    over = an_open_run(organiser=school, title="上过的")
    sat = somebody_enrols(over).enrolment.learner
    cancelled = somebody_enrols(over).enrolment
    cancel(enrolment=cancelled, by=None, now=NOW)
    later = moment(on=DAY + timedelta(days=1))
    run = a_run_at(school, 30)
    (found,) = returning_learners(run, user=clerk, now=later)
    assert (found, found.last_class) == (sat, "上过的")
    assert not returning_learners(run, user=clerk, now=NOW).exists()
    known_enrols(run, sat)
    assert not returning_learners(run, user=clerk, now=later).exists()


def test_who_was_merged_since_is_a_returning_learner_all_the_same(school, clerk):
    over = an_open_run(organiser=school)
    sat = somebody_enrols(over, name="王方").enrolment.learner
    keep = a_learner(school, "王芳")
    later = moment(on=DAY + timedelta(days=1))
    with time_machine.travel(later, tick=False):
        merge(keep=keep, drop=sat, by=None)
    run = a_run_at(school, 30)
    assert list(returning_learners(run, user=clerk, now=later)) == [keep]
    assert is_returning(keep, run, now=later)


def test_a_class_of_another_organiser_makes_no_returning_learner(clerk, school):
    sat = somebody_enrols(an_open_run(organiser=a_school())).enrolment.learner
    later = moment(on=DAY + timedelta(days=1))
    assert not is_returning(sat, a_run_at(school, 30), now=later)


def test_a_class_that_goes_on_makes_no_returning_learner(school):
    room = a_room(a_venue(school), seats=None)
    two = an_open_run(*weekly(a_plan("08:00", room=room), 2), organiser=school)
    sat = somebody_enrols(two).enrolment.learner
    assert not is_returning(sat, a_run_at(school, 30), now=moment(on=DAY + timedelta(days=1)))
    assert is_returning(sat, a_run_at(school, 30), now=moment(on=DAY + timedelta(days=8)))


def test_the_household_to_ask_is_not_in_the_class(school, clerk, couple):
    run = an_open_run(organiser=school)
    assert household_to_ask(run, couple[0], user=clerk) == [couple[1]]
    known_enrols(run, couple[1])
    assert household_to_ask(run, couple[0], user=clerk) == []
    assert household_to_ask(run, a_learner(school, "李", phone=""), user=clerk) == []


def test_a_voucher_is_found_in_the_own_branch_only(school, clerk, stranger):
    one = enrolled(an_open_run(organiser=school), 1)[0]
    assert by_voucher(f" {one.voucher[:4]} {one.voucher[4:]}", user=clerk) == one
    assert by_voucher(one.voucher, user=stranger) is None


def test_the_number_to_call_is_shown_to_the_branch_and_only_where_there_is_one(school, clerk, stranger):
    run = an_open_run(organiser=school)
    wish = replace(a_wish(), contact_phone="13900005555")
    done = enrol_person(run=run, facts=some_facts(), wish=wish, now=NOW)
    assert reveal_contact(enrolment=done.enrolment, by=clerk) == "13900005555"
    with pytest.raises(NotAllowed):
        reveal_contact(enrolment=done.enrolment, by=stranger)
    with pytest.raises(Refused) as refusal:
        reveal_contact(enrolment=enrolled(run, 1)[0], by=clerk)
    assert refusal.value.code == "no-phone"


def on_roster(pk, name="a", phone="p", **values):
    facts = {"birth_year": 1950, "says_senior": False, "is_identity_confirmed": False} | values
    return OnRoster(pk, name, phone, **facts)


@pytest.mark.parametrize(
    ("people", "notes"),
    [
        ([on_roster(1)], []),
        ([on_roster(1), on_roster(2, phone="q")], ["同名"]),
        ([on_roster(1), on_roster(2, name="b")], ["一家人"]),
        ([on_roster(1, phone=""), on_roster(2, name="b", phone="")], ["没有手机，还没认过人"]),
        ([on_roster(1, phone="", is_identity_confirmed=True)], []),
        ([on_roster(1, birth_year=1990)], ["未满 60"]),
        ([on_roster(1, birth_year=None)], ["不知道满没满 60"]),
        ([on_roster(1, birth_year=None, says_senior=True)], []),
    ],
)
def test_notes(people, notes):
    assert notes_on(people, year=2026)[1] == notes
