"""What the planning screens offer and warn of: what is free instead, and days that are over."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from cms.models import User
from courses.models import Room
from courses.services.scheduling.offers import free_rooms, free_times
from courses.services.scheduling.plans import SessionPlan

OVER = "这一天已经过了。"


def offers_for(plan: SessionPlan, *, user: User, besides: Iterable[int] = ()) -> list[str]:
    """Return in words which rooms and times are free instead of what a plan wants; ``besides`` are being moved."""
    rooms = list(Room.objects.at_hand_of(user).filter(closed_on=None).select_related("venue"))
    free = [f"换到 {room.venue} {room}" for room in free_rooms(plan, rooms, besides=besides)]
    times = (timezone.localtime(starts) for starts, _ in free_times(plan, besides=besides))
    return [*free, *(f"换到 {date_format(starts, 'n月j日 l H:i')}" for starts in times)]


def is_over(on: date) -> bool:
    """True for a day before today."""
    return on < timezone.localdate()


def over_words(days: Iterable[date]) -> str:
    """Return a warning about those of the days that are over, "" when none is."""
    over = [date_format(each, "n月j日") for each in days if is_over(each)]
    return f"{'、'.join(over)}：{OVER}课照样排上了，要改还来得及。" if over else ""
