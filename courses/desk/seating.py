"""How a class stands, in the few words a list or a screen has room for."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from courses.rules.clock_words import said
from courses.rules.seats import Seats


def taken_words(seats: Seats) -> str:
    """Return how many seats are taken of how many: 14/20; 14 where there is no limit."""
    return f"{seats.taken}/{seats.limit.most}" if seats.limit else str(seats.taken)


def seats_words(seats: Seats) -> str:
    """Return the same, and how many are empty."""
    if seats.limit is None:
        return f"{seats.taken} 位，座位不限"
    left = f"还空 {seats.left} 座" if seats.left else "满了"
    over = seats.taken - seats.limit.most
    return f"{taken_words(seats)}，{f'超了 {over} 位' if over > 0 else left}"


def waiting_words(seats: Seats) -> str:
    """Return how many wait, of how many who may."""
    if seats.waiting_places == 0 and not seats.waiting:
        return "不收候补"
    most = "" if seats.waiting_places is None else f"，最多 {seats.waiting_places} 位"
    return f"{seats.waiting} 位{most}"


def moment_words(at: datetime) -> str:
    """Return a moment as it is read out: 11月3日 星期二 上午 9:00."""
    here = timezone.localtime(at)
    return f"{date_format(here, 'n月j日 l')} {said(here)}"
