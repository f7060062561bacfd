"""Whether a place can be used: given up, closed for some days, or outside a room's opening hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from courses.errors import Refused
from courses.models import ClassSession, Closure, OpeningHours, Room
from courses.rules.opening import DAYS, Hours, hours_in_words, is_within, joined
from courses.rules.series import at
from courses.services.scheduling.limits import Setting

if TYPE_CHECKING:
    from courses.services.scheduling.plans import SessionPlan

MOST_TOLD = 5
ONE_DAY = timedelta(days=1)


def closures_touching(settings: Iterable[Setting]) -> list[Closure]:
    """Return the closures that may close one of these, in one query; none is asked for where nothing has a place."""
    there = [each for each in settings if each.venue]
    if not there:
        return []
    rows = Closure.objects.filter(
        venue__in={each.venue.pk for each in there if each.venue},
        starts_on__lte=max(each.on for each in there),
        ends_on__gte=min(each.on for each in there),
    )
    return list(rows)


def why_closed(setting: Setting, closures: Iterable[Closure]) -> str:
    """Return why nothing can be held there that day, with day and place, without a full stop; "" when it can."""
    venue, room, on = setting.venue, setting.room, setting.on
    if venue is None:
        return ""
    if venue.is_given_up(on=on):
        return f"{_day(on)} {venue} 已经不用了"
    if room and room.closed_on and room.closed_on <= on:
        return f"{_day(on)} {venue} {room} 已经不用了"
    closure = next((each for each in closures if _closes(each, setting)), None)
    if closure is None:
        return ""
    what = f"{venue} {room}" if room else f"{venue}"
    return f"{_day(on)} {what} 暂停使用：{closure.reason}"


def refuse_closed_places(settings: Iterable[Setting]) -> None:
    """Raise Refused when one of these is given up or closed on its day. One query, however many there are."""
    every = list(settings)
    closures = closures_touching(every)
    reasons = [(each, words) for each in every if (words := why_closed(each, closures))]
    if not reasons:
        return
    told = "；".join(words for _, words in reasons[:MOST_TOLD])
    more = f"；一共 {len(reasons)} 次" if len(reasons) > MOST_TOLD else ""
    message = f"{told}{more}。请换一天，或者换地方。"
    raise Refused("closed", message, fields={"room" if reasons[0][0].room else "venue": message})


def hours_of(rooms: Iterable[Room]) -> dict[int, list[Hours]]:
    """Return the week of each of these rooms that has opening hours, by the room's id, in one query."""
    weeks: dict[int, list[Hours]] = defaultdict(list)
    rows = OpeningHours.objects.filter(room__in={room.pk for room in rooms})
    for room, weekday, opens, closes in rows.values_list("room_id", "weekday", "opens", "closes"):
        weeks[room].append(Hours(weekday, opens, closes))
    return {room: joined(week) for room, week in weeks.items()}


def is_open(week: Iterable[Hours], starts_at: datetime, ends_at: datetime) -> bool:
    """True when a room with this week is open all the time between; one without hours always is."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    every = list(week)
    if not every:
        return True
    return starts.date() == ends.date() and is_within(
        every, weekday=starts.isoweekday(), starts=starts.time(), ends=ends.time()
    )


def outside_hours_of(plans: Sequence[SessionPlan]) -> list[str]:
    """Return, in sentences, which plans lie outside their room's opening hours: allowed, but to be told.

    A row of meetings on the same weekday at the same hours is one sentence. One query.
    """
    weeks = hours_of(plan.room for plan in plans if plan.room)
    outside: dict[tuple[int, int, time, time], list[SessionPlan]] = defaultdict(list)
    for plan in plans:
        if plan.room and not is_open(weeks.get(plan.room.pk, ()), plan.starts_at, plan.ends_at):
            starts, ends = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
            outside[plan.room.pk, starts.isoweekday(), starts.time(), ends.time()].append(plan)
    return [
        _outside_in_words(together, weeks[room], weekday) for (room, weekday, *_), together in outside.items()
    ]


def sessions_in(closure: Closure, *, now: datetime) -> QuerySet[ClassSession]:
    """Return the planned sessions still to come that a closure hits."""
    first = max(now, at(closure.starts_on, time.min))
    rows = ClassSession.objects.planned().filter(
        venue=closure.venue_id, starts_at__gte=first, starts_at__lt=at(closure.ends_on + ONE_DAY, time.min)
    )
    if closure.room_id:
        rows = rows.filter(room=closure.room_id)
    return rows.select_related("run", "venue", "room").order_by("starts_at", "pk")


def _closes(closure: Closure, setting: Setting) -> bool:
    room = setting.room.pk if setting.room else None
    return (
        setting.venue is not None
        and closure.venue_id == setting.venue.pk
        and closure.room_id in {None, room}
        and closure.starts_on <= setting.on <= closure.ends_on
    )


def _outside_in_words(plans: Sequence[SessionPlan], week: Iterable[Hours], weekday: int) -> str:
    first = plans[0]
    starts, ends = timezone.localtime(first.starts_at), timezone.localtime(first.ends_at)
    times = f"（{len(plans)} 次课）" if len(plans) > 1 else f"（{_day(starts.date())}）"
    there = [hours for hours in week if hours.weekday == weekday]
    instead = f"那天开 {hours_in_words(there)}" if there else "那天不开"
    when = f"{DAYS[weekday - 1]} {starts:%H:%M}–{ends:%H:%M}{times}"
    return f"{when}不在 {first.venue} {first.room} 的开放时间里：{instead}。请先问好有没有人开门。"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
