"""What one asks of venues and rooms: which can be used on a day, which are open at an hour."""

from datetime import date, time

import pytest

from courses.models import Closure, Room, Venue
from tests.factories.classes import a_college, a_room, a_venue
from tests.factories.places import AFTERNOON, MORNING, closed_on, open_week

pytestmark = pytest.mark.django_db

MARCH = [date(2021, 3, day) for day in range(1, 32)]
FIRST, LAST = date(2021, 3, 8), date(2021, 3, 10)


@pytest.fixture
def room():
    return a_room(a_venue(a_college()))


def days_when(things) -> list[int]:
    """Return the days of March on which anything is usable."""
    return [day.day for day in MARCH if things.usable(on=day).exists()]


def without(*days: int) -> list[int]:
    return [day.day for day in MARCH if day.day not in days]


def test_a_closure_counts_from_its_first_day_to_its_last(room):
    closed_on(room.venue, FIRST, LAST)
    assert days_when(Venue.objects) == days_when(Room.objects) == without(8, 9, 10)


def test_a_closed_room_leaves_the_venue_and_its_other_rooms(room):
    closed_on(room.venue, FIRST, LAST, room=room)
    other = a_room(room.venue, "204")
    assert days_when(Venue.objects) == without()
    assert days_when(Room.objects.filter(pk=room.pk)) == without(8, 9, 10)
    assert days_when(Room.objects.filter(pk=other.pk)) == without()


@pytest.mark.parametrize("what", ["venue", "room"])
def test_what_is_given_up_is_so_from_that_day_on(room, what):
    thing = room if what == "room" else room.venue
    thing.closed_on = LAST
    thing.save()
    assert days_when(Room.objects) == list(range(1, 10))
    assert days_when(Venue.objects) == (without() if what == "room" else list(range(1, 10)))
    assert [day.day for day in MARCH if not room.is_given_up(on=day)] == list(range(1, 10))


def test_another_venues_closure_closes_nothing_here(room):
    closed_on(a_venue(room.venue.organisation), FIRST, LAST)
    assert days_when(Room.objects) == without()


def test_closures_of_a_day(room):
    closed_on(room.venue, FIRST, LAST)
    assert [day.day for day in MARCH if Closure.objects.on(day).exists()] == [8, 9, 10]


@pytest.mark.parametrize(
    ("day", "start", "end", "is_open"),
    [
        (1, time(9), time(11, 30), True),
        (1, time(10), time(11), True),
        (1, time(8, 59), time(10), False),
        (1, time(10), time(11, 31), False),
        (1, time(11), time(14), False),
        (1, time(13, 30), time(16), True),
        (2, time(9), time(10), False),
    ],
)
def test_a_room_is_open_from_the_first_minute_to_the_last(room, day, start, end, is_open):
    open_week(room, 1, 5, spans=(MORNING, AFTERNOON))
    assert Room.objects.open_at(day, start, end).exists() == is_open


def test_a_room_with_many_hours_is_found_once(room):
    open_week(room, 1, 2, 3, spans=(MORNING, AFTERNOON))
    assert list(Room.objects.open_at(1, time(9), time(10))) == [room]
    assert Room.objects.open_at(1, time(9), time(10)).usable(on=FIRST).count() == 1


def test_a_room_without_hours_is_never_open(room):
    assert not Room.objects.open_at(1, time(9), time(10)).exists()
