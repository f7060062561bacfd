"""Rooms, weeks and closures as the services keep them: who may, what is refused, what is put down."""

from datetime import date, time, timedelta

import pytest
import time_machine

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Closure, Room
from courses.rules.opening import USUAL_WEEK, Hours
from courses.services.rooms import (
    add_closure,
    add_room,
    change_room,
    close_room,
    remove_closure,
    reopen_room,
    set_opening_hours,
)
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week

pytestmark = pytest.mark.django_db

TODAY = date(2021, 3, 8)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel("2021-03-08 09:00 +0800"):
        yield


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def clerk(college):
    return a_member(Duty.COLLEGE_STAFF, college)


@pytest.fixture
def room(college):
    return a_room(a_venue(a_school(college)))


def put_down(subject: str) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(subject=subject).order_by("pk")
    return list(rows.values_list("verb", "detail"))


def refused(do, code: str) -> Refused:
    with pytest.raises(Refused) as refusal:
        do()
    assert refusal.value.code == code
    return refusal.value


def closing(at, by, **values):
    given = {"room": None, "starts_on": TODAY, "ends_on": TODAY + 3 * DAY, "reason": "装修"}
    return add_closure(venue=at.venue, by=by, **(given | values))


@pytest.mark.parametrize("who", ["teacher", "stranger"])
def test_who_may_not_changes_nothing(room, college, who):
    by = (
        a_member(Duty.TEACHER, college)
        if who == "teacher"
        else a_member(Duty.DISTRICT_MANAGER, a_college("西社区学院", district="西区"))
    )
    open_week(room, 1)
    closure = closed_on(room.venue, TODAY, TODAY)
    for do in (
        lambda: add_room(venue=room.venue, name="204", seats=1, by=by),
        lambda: change_room(room=room, name="204", seats=1, by=by),
        lambda: close_room(room=room, on=TODAY, by=by),
        lambda: reopen_room(room=room, by=by),
        lambda: set_opening_hours(room=room, hours=[], by=by),
        lambda: closing(room, by),
        lambda: remove_closure(closure=closure, by=by),
    ):
        with pytest.raises(NotAllowed):
            do()
    kept = Room.objects.get()
    assert (kept.name, kept.seats, kept.closed_on) == ("203", 20, None)
    assert len(kept.week()) == Closure.objects.count() == 1


def test_a_room_comes_with_its_week(room, clerk):
    new = add_room(venue=room.venue, name="204", seats=0, by=clerk, hours=USUAL_WEEK)
    assert Room.objects.get(pk=new.pk).seats == 0
    assert new.week() == list(USUAL_WEEK)
    assert put_down("room") == [(AuditVerb.CREATED, ""), (AuditVerb.CHANGED, "opening_hours")]


def test_a_room_with_a_week_that_cannot_be_is_not_made(room, clerk):
    hours = [Hours(2, time(11), time(9))]
    refusal = refused(
        lambda: add_room(venue=room.venue, name="204", seats=1, by=clerk, hours=hours), "hours-do-not-fit"
    )
    assert list(refusal.fields) == ["day_2"]
    assert Room.objects.get() == room


def test_two_rooms_of_a_venue_have_two_names(room, clerk):
    refusal = refused(lambda: add_room(venue=room.venue, name="203", seats=1, by=clerk), "room-name-twice")
    assert "name" in refusal.fields
    other = a_room(room.venue, "204")
    refused(lambda: change_room(room=other, name="203", seats=1, by=clerk), "room-name-twice")
    assert add_room(venue=a_venue(room.venue.organisation), name="203", seats=1, by=clerk).pk


def test_a_given_up_venue_gets_no_room(room, clerk):
    room.venue.closed_on = TODAY
    room.venue.save()
    refused(lambda: add_room(venue=room.venue, name="204", seats=1, by=clerk), "venue-closed")


def test_what_changed_is_put_down(room, clerk):
    change_room(room=room, name="203", seats=None, by=clerk)
    change_room(room=room, name="203", seats=None, by=clerk)
    assert Room.objects.get().seats is None
    assert put_down("room") == [(AuditVerb.CHANGED, "seats")]


def test_a_room_is_given_up_and_taken_up_again(room, clerk):
    refused(lambda: reopen_room(room=room, by=clerk), "not-closed")
    refused(lambda: close_room(room=room, on=TODAY - DAY, by=clerk), "closed-in-the-past")
    close_room(room=room, on=TODAY, by=clerk)
    assert Room.objects.get().is_given_up(on=TODAY)
    refused(lambda: close_room(room=room, on=TODAY, by=clerk), "closed-already")
    reopen_room(room=room, by=clerk)
    assert not Room.objects.get().is_given_up(on=TODAY)


def test_a_week_takes_the_place_of_the_old_one(room, clerk):
    open_week(room, 6, 7)
    set_opening_hours(room=room, hours=reversed(USUAL_WEEK), by=clerk)
    assert Room.objects.get().week() == list(USUAL_WEEK)
    set_opening_hours(room=room, hours=USUAL_WEEK, by=clerk)
    assert put_down("room") == [(AuditVerb.CHANGED, "opening_hours")]
    set_opening_hours(room=room, hours=[], by=clerk)
    assert Room.objects.get().week() == []


def test_hours_that_touch_are_kept_as_one(room, clerk):
    hours = [Hours(1, time(9), time(11)), Hours(1, time(11), time(13))]
    set_opening_hours(room=room, hours=hours, by=clerk)
    assert room.week() == [Hours(1, time(9), time(13))]


@pytest.mark.parametrize(
    "spans",
    [[(time(9), time(11)), (time(10), time(12))], [(time(12), time(9))], [(time(9), time(9))]],
)
def test_hours_that_cannot_be_leave_the_old_week(room, clerk, spans):
    before = open_week(room, 1)
    hours = [Hours(3, *span) for span in spans]
    refusal = refused(lambda: set_opening_hours(room=room, hours=hours, by=clerk), "hours-do-not-fit")
    assert list(refusal.fields) == ["day_3"]
    assert room.week() == before


@pytest.mark.parametrize("which", ["whole", "room"])
def test_a_venue_or_a_room_is_closed_for_some_days(room, clerk, which):
    closure = closing(room, clerk, room=room if which == "room" else None)
    assert Closure.objects.get() == closure
    assert put_down("closure") == [(AuditVerb.CREATED, "2021-03-08 2021-03-11")]


def test_days_that_cannot_be_closed_are_refused(room, clerk):
    refused(lambda: closing(room, clerk, ends_on=TODAY - DAY), "ends-before-start")
    over = {"starts_on": TODAY - 9 * DAY, "ends_on": TODAY - DAY}
    refused(lambda: closing(room, clerk, **over), "closure-in-the-past")
    elsewhere = a_room(a_venue(room.venue.organisation))
    assert "room" in refused(lambda: closing(room, clerk, room=elsewhere), "room-elsewhere").fields
    assert not Closure.objects.exists()


def test_what_is_to_come_is_deleted(room, clerk):
    remove_closure(closure=closing(room, clerk), by=clerk)
    assert not Closure.objects.exists()
    assert [verb for verb, _ in put_down("closure")] == [AuditVerb.CREATED, AuditVerb.DELETED]
    assert AuditEntry.objects.filter(verb=AuditVerb.DELETED).exclude(subject_id="None").count() == 1


def test_what_has_begun_ends_yesterday(room, clerk):
    remove_closure(closure=closed_on(room.venue, TODAY - 2 * DAY, TODAY + DAY), by=clerk)
    assert Closure.objects.get().ends_on == TODAY - DAY


def test_what_is_over_stays(room, clerk):
    closure = closed_on(room.venue, TODAY - 2 * DAY, TODAY - DAY)
    refused(lambda: remove_closure(closure=closure, by=clerk), "closure-over")
    assert Closure.objects.get().ends_on == TODAY - DAY
