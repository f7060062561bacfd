"""What is free instead: other rooms at the same time, other times in the same room."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import OpeningHours, Room
from courses.models.class_session import ClassSession
from courses.rules.series import at
from courses.services.scheduling.holding import clashes_of
from courses.services.scheduling.limits import Setting
from courses.services.scheduling.open_places import closures_touching, hours_of, is_open, why_closed
from courses.services.scheduling.plans import SessionPlan

MOST = 3
# Looked at for another time: the same day first, then the days after it.
DAYS = 7


def free_rooms(
    plans: Sequence[SessionPlan], rooms: Sequence[Room], *, besides: Iterable[int] = ()
) -> list[Room]:
    """Return up to `MOST` of these rooms that are open and free at the time of every plan, those of their venue first.

    None when teacher or helpers are busy then: no room would help. ``besides`` are ids of sessions that do not count.
    """
    apart = list(besides)
    if clashes_of([replace(plan, venue=None, room=None).held for plan in plans], besides=apart):
        return []
    busy = _busy_rooms(plans, apart)
    wanted = {plan.room for plan in plans}
    free = _open_rooms(plans, [room for room in rooms if room.pk not in busy and room not in wanted])
    home = plans[0].venue.pk if plans[0].venue else None
    return sorted(free, key=lambda room: (room.venue_id != home, room.name))[:MOST]


def _busy_rooms(plans: Sequence[SessionPlan], besides: Sequence[int]) -> set[int]:
    """Return the rooms that something is held in at the time of any plan. One query."""
    first, last = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
    there = ClassSession.objects.planned().overlapping(first, last).exclude(pk__in=besides).exclude(room=None)
    return {
        room
        for room, starts_at, ends_at in there.values_list("room_id", "starts_at", "ends_at")
        if any(starts_at < plan.ends_at and plan.starts_at < ends_at for plan in plans)
    }


def _open_rooms(plans: Sequence[SessionPlan], rooms: Sequence[Room]) -> list[Room]:
    """Return those that can be used at every plan's time; a room without opening hours is always open."""
    settings = {
        room: [Setting(plan.setting.on, plan.mode, room.venue, room) for plan in plans] for room in rooms
    }
    closures = closures_touching(setting for each in settings.values() for setting in each)
    weeks = hours_of(rooms)
    return [
        room
        for room, there in settings.items()
        if not any(why_closed(setting, closures) for setting in there)
        and all(is_open(weeks.get(room.pk, ()), plan.starts_at, plan.ends_at) for plan in plans)
    ]


def free_times(plan: SessionPlan, *, besides: Iterable[int] = ()) -> list[tuple[datetime, datetime]]:
    """Return up to `MOST` other times within a week at which the plan's room and people are free.

    Only times at which the room is open; without opening hours nothing is offered.
    """
    if plan.room is None:
        return []
    wanted = [replace(plan, starts_at=starts, ends_at=ends) for starts, ends in _open_times(plan)]
    closures = closures_touching(each.setting for each in wanted)
    wanted = [each for each in wanted if not why_closed(each.setting, closures)]
    hit = {one.starts_at for one, _ in clashes_of_each([each.held for each in wanted], besides)}
    return [(each.starts_at, each.ends_at) for each in wanted if each.starts_at not in hit][:MOST]


def clashes_of_each(held, besides: Iterable[int] = ()):
    """Return clashes with sessions that are there; the wanted ones are choices, not to be held together."""
    return [
        (one, hit)
        for one, hit in clashes_of(held, besides=besides)
        if not any(hit.other is other for other in held)
    ]


def _open_times(plan: SessionPlan) -> list[tuple[datetime, datetime]]:
    length = plan.ends_at - plan.starts_at
    first = timezone.localtime(plan.starts_at).date()
    hours = list(OpeningHours.objects.filter(room=plan.room))
    times = []
    for ahead in range(DAYS):
        on = first + timedelta(days=ahead)
        for span in (each for each in hours if each.weekday == on.isoweekday()):
            starts = at(on, span.opens)
            if starts + length <= at(on, span.closes) and starts != plan.starts_at:
                times.append((starts, starts + length))
    return times
