"""How many learners a session may take: its run, its room and place, and the rules of its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.enums import RunMode
from courses.errors import Refused
from courses.models import CapacityRule, Room, Venue
from courses.rules.capacity import DatedLimit, Limit, effective_limit, limits_on, place_refusal

# A mixed session is on site for those who come.
ALSO = {RunMode.HYBRID: frozenset({RunMode.HYBRID, RunMode.ONSITE})}


@dataclass(frozen=True)
class Setting:
    """Where and when a session is to be: what limits depend on."""

    on: date
    mode: str
    venue: Venue | None
    room: Room | None


def dated_limits(*, first: date, last: date) -> list[DatedLimit]:
    """Return the rules that hold on some day of the span, in one query."""
    return [
        DatedLimit(rule.limit, rule.reason, rule.starts_on, rule.ends_on, rule.mode, rule.venue_kind)
        for rule in CapacityRule.objects.holding(first=first, last=last)
    ]


def session_limit(setting: Setting, *, capacity: int | None, rules: Iterable[DatedLimit]) -> Limit | None:
    """Return the strictest limit on a session, with its reason; None when nothing limits it."""
    own = Limit(capacity, "这个班定了人数") if capacity is not None else None
    if not RunMode(setting.mode).needs_place:
        return own
    venue, room = setting.venue, setting.room
    place = Limit(venue.capacity, f"{venue}坐得下的人数") if venue and venue.capacity is not None else None
    seats = Limit(room.seats, f"{room}教室的座位") if room and room.seats is not None else None
    modes = ALSO.get(RunMode(setting.mode), frozenset({setting.mode}))
    ruled = limits_on(rules, on=setting.on, modes=modes, venue_kind=venue.kind if venue else "")
    return effective_limit([own, place, seats, *ruled])


def refuse_forbidden_places(settings: Iterable[Setting]) -> None:
    """Raise Refused when a rule allows nobody at one of these, such as private homes in the first phase of 2021."""
    every = list(settings)
    if not every:
        return
    rules = dated_limits(first=min(each.on for each in every), last=max(each.on for each in every))
    for each in every:
        if refusal := place_refusal(session_limit(each, capacity=None, rules=rules)):
            raise Refused(refusal.code, refusal.message, fields={refusal.field: refusal.message})


def run_limit(settings: Iterable[Setting], *, capacity: int | None) -> Limit | None:
    """Return the effective limit of a run: the least over all its sessions (design.md §5)."""
    every = list(settings)
    if not every:
        return Limit(capacity, "这个班定了人数") if capacity is not None else None
    rules = dated_limits(first=min(each.on for each in every), last=max(each.on for each in every))
    return effective_limit(session_limit(each, capacity=capacity, rules=rules) for each in every)
