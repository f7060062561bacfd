"""How many learners a session may take: its run, its room and place, and the rules of its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cms.services.prepared import Prepared
from courses.enums import RunMode
from courses.errors import Refused
from courses.models import CapacityRule, Room, Venue
from courses.rules.capacity import DatedLimit, Limit, effective_limit, limits_on, place_refusal
from courses.rules.places import room_said

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


# All rules: they are few, and each says itself on which days it holds.
EVERY_RULE = Prepared(
    lambda: CapacityRule.objects.order_by().values_list(
        "limit", "reason", "starts_on", "ends_on", "mode", "venue_kind"
    )
)


def session_limit(setting: Setting, *, capacity: int | None, rules: Iterable[DatedLimit]) -> Limit | None:
    """Return the strictest limit on a session, with its reason; None when nothing limits it."""
    venue, room = setting.venue, setting.room
    return effective_limit(
        [
            own_limit(capacity),
            *place_limits(
                setting.mode,
                venue=(str(venue), venue.capacity) if venue else None,
                room=(str(room), room.seats) if room else None,
            ),
            *ruled_limits(setting.on, setting.mode, venue.kind if venue else "", rules),
        ]
    )


def own_limit(capacity: int | None) -> Limit | None:
    """Return what a class itself allows."""
    return Limit(capacity, "这个班定了人数") if capacity is not None else None


def place_limits(
    mode: str, *, venue: tuple[str, int | None] | None, room: tuple[str, int | None] | None
) -> list[Limit]:
    """Return what place and room allow, each given as its name and how many find a seat there; on line, nothing."""
    if not RunMode(mode).needs_place:
        return []
    limits = []
    if venue and venue[1] is not None:
        limits.append(Limit(venue[1], f"{venue[0]}坐得下的人数"))
    if room and room[1] is not None:
        limits.append(Limit(room[1], f"{room_said(room[0])}的座位"))
    return limits


def ruled_limits(on: date, mode: str, venue_kind: str, rules: Iterable[DatedLimit]) -> list[Limit]:
    """Return what the rules say of a day; they are about people who come together somewhere."""
    if not RunMode(mode).needs_place:
        return []
    modes = ALSO.get(RunMode(mode), frozenset({mode}))
    return limits_on(rules, on=on, modes=modes, venue_kind=venue_kind)


def refuse_forbidden_places(settings: Iterable[Setting]) -> None:
    """Raise Refused when a rule allows nobody at one of these, such as private homes in the first phase of 2021."""
    every = list(settings)
    if not every:
        return
    rules = dated_limits(first=min(each.on for each in every), last=max(each.on for each in every))
    for each in every:
        if refusal := place_refusal(session_limit(each, capacity=None, rules=rules)):
            raise Refused(refusal.code, refusal.message, fields={refusal.field: refusal.message})
