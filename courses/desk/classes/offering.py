"""What the planning screens offer and warn of: what is free instead, at one press, and days that are over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from cms.models import User
from courses.models import Room
from courses.rules.series import SeriesRule
from courses.services.scheduling.holding import span_in_words
from courses.services.scheduling.offers import free_rooms, free_times
from courses.services.scheduling.plans import SessionPlan
from courses.services.scheduling.series_offers import Slot, free_slots

OVER = "这一天已经过了。"
# The name of an offer's button; its value is what it fills in, as a form sends it.
TAKE = "take"


@dataclass(frozen=True)
class Offer:
    """Something free, in words, and the fields that a press fills in."""

    words: str
    fields: Mapping[str, str | Sequence[str]]

    @property
    def value(self) -> str:
        """What its button sends."""
        return urlencode(self.fields, doseq=True)


def offers_for(plan: SessionPlan, *, user: User, besides: Iterable[int] = ()) -> list[Offer]:
    """Return which rooms and times are free instead of what a plan wants; ``besides`` are being moved."""
    times = free_times(plan, besides=besides)
    return [
        *_rooms([plan], user, besides),
        *(
            Offer(
                f"换到 {span_in_words(starts, ends)}",
                {"on": f"{timezone.localdate(starts)}", "starts": _clock(starts), "ends": _clock(ends)},
            )
            for starts, ends in times
        ),
    ]


def offers_for_series(rule: SeriesRule, plans: Sequence[SessionPlan], *, user: User) -> list[Offer]:
    """Return which rooms and hours are free for every meeting of a row; ``plans`` are made from ``rule``."""
    slots = free_slots(rule, plans)
    return [*_rooms(plans, user, ()), *(_slot(slot, is_single=len(plans) == 1) for slot in slots)]


def with_taken(posted: QueryDict, names: Collection[str]) -> QueryDict:
    """Return what was sent with the taken offer filled in; only fields of these names can be. Nothing is believed
    of it: when the form is sent, it is checked like everything that was typed.
    """
    filled, chosen = posted.copy(), QueryDict(posted.get(TAKE, ""))
    del filled[TAKE]
    for name in names:
        if name in chosen:
            filled.setlist(name, chosen.getlist(name))
    return filled


def _rooms(plans: Sequence[SessionPlan], user: User, besides: Iterable[int]) -> list[Offer]:
    rooms = list(Room.objects.at_hand_of(user).filter(closed_on=None).select_related("venue"))
    free = free_rooms(plans, rooms, besides=besides)
    return [Offer(f"换到 {room.venue} {room}", {"room": f"{room.pk}"}) for room in free]


def _slot(slot: Slot, *, is_single: bool) -> Offer:
    days = date_format(slot.first_day, "n月j日 l") if is_single else _every(slot)
    starts, ends = f"{slot.starts:%H:%M}", f"{slot.ends:%H:%M}"
    weekdays = [f"{weekday.value}" for weekday in sorted(slot.weekdays)]
    return Offer(f"换到 {days} {starts}–{ends}", {"weekdays": weekdays, "starts": starts, "ends": ends})


def _every(slot: Slot) -> str:
    return f"每{'、'.join(weekday.label for weekday in sorted(slot.weekdays))}"


def is_over(on: date) -> bool:
    """True for a day before today."""
    return on < timezone.localdate()


def over_words(days: Iterable[date]) -> str:
    """Return a warning about those of the days that are over, "" when none is."""
    over = [date_format(each, "n月j日") for each in days if is_over(each)]
    return f"{'、'.join(over)}：{OVER}课照样排上了，要改还来得及。" if over else ""


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
