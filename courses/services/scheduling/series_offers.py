"""Other hours of the week at which a whole row of meetings could be held in its room, by its people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils import timezone

from courses.enums import Weekday
from courses.models import OpeningHours, Room
from courses.rules.clashes import Held, clash
from courses.rules.series import SeriesRule, at, moments, planned_days
from courses.services.scheduling.holding import held_near
from courses.services.scheduling.offers import MOST
from courses.services.scheduling.open_places import closures_touching, hours_of, is_open, why_closed
from courses.services.scheduling.plans import SessionPlan


@dataclass(frozen=True)
class Slot:
    """Hours of the week, and the first meeting there would be."""

    weekdays: frozenset[Weekday]
    starts: time
    ends: time
    first_day: date


def free_slots(rule: SeriesRule, plans: Sequence[SessionPlan]) -> list[Slot]:
    """Return up to `MOST` hours at which as many meetings could be held as ``plans``, made from ``rule``, have.

    Only while the room is open; without opening hours nothing is offered. A row on one weekday may go to another.
    """
    room = plans[0].room
    if room is None:
        return []
    choices = [_moved(each, plans[0]) for each in _other_hours(rule, room)]
    choices = _while_open([each for each in choices if len(each) == len(plans)], room)
    taken = _by_day(held_near([plan.held for each in choices for plan in each], ()))
    free = [each for each in choices if not any(_is_taken(plan.held, taken) for plan in each)]
    return [_slot(each) for each in free[:MOST]]


def _other_hours(rule: SeriesRule, room: Room) -> Iterator[SeriesRule]:
    """Yield the rule at other hours: as soon as the room opens, on its own weekday first, then on those after it."""
    own = min(rule.weekdays)
    length = at(rule.first_day, rule.ends) - at(rule.first_day, rule.starts)
    hours = sorted(
        OpeningHours.objects.filter(room=room), key=lambda each: ((each.weekday - own) % 7, each.opens)
    )
    for each in hours:
        if len(rule.weekdays) > 1 and each.weekday != own:
            break
        weekdays = rule.weekdays if each.weekday == own else frozenset({Weekday(each.weekday)})
        ends = at(rule.first_day, each.opens) + length
        is_other = each.opens != rule.starts or weekdays != rule.weekdays
        if is_other and ends <= at(rule.first_day, each.closes):
            yield replace(rule, weekdays=weekdays, starts=each.opens, ends=ends.time())


def _moved(rule: SeriesRule, like: SessionPlan) -> list[SessionPlan]:
    spans = [moments(rule, each.on) for each in planned_days(rule) if each.is_held]
    return [replace(like, starts_at=starts, ends_at=ends) for starts, ends in spans]


def _while_open(choices: Sequence[list[SessionPlan]], room: Room) -> list[list[SessionPlan]]:
    closures = closures_touching(plan.setting for each in choices for plan in each)
    week = hours_of([room]).get(room.pk, [])
    return [
        each
        for each in choices
        if all(
            is_open(week, plan.starts_at, plan.ends_at) and not why_closed(plan.setting, closures)
            for plan in each
        )
    ]


def _by_day(there: Iterable[Held]) -> dict[date, list[Held]]:
    """Return what is held by day: a term of a room is compared with a term of wishes."""
    days: dict[date, list[Held]] = defaultdict(list)
    for held in there:
        for on in _days_of(held):
            days[on].append(held)
    return days


def _is_taken(wanted: Held, taken: dict[date, list[Held]]) -> bool:
    return any(clash(wanted, other) for on in _days_of(wanted) for other in taken.get(on, ()))


def _days_of(held: Held) -> set[date]:
    return {timezone.localtime(moment).date() for moment in (held.starts_at, held.ends_at)}


def _slot(plans: Sequence[SessionPlan]) -> Slot:
    starts, ends = timezone.localtime(plans[0].starts_at), timezone.localtime(plans[0].ends_at)
    weekdays = frozenset(Weekday(plan.setting.on.isoweekday()) for plan in plans)
    return Slot(weekdays, starts.time(), ends.time(), starts.date())
