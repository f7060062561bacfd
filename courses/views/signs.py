"""这里是真的吗: what somebody sees who scans the sign at a door. Nothing on it is about a person."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.utils import timezone

from cms.page_cache import kept
from cms.services.at_hand import rendition_of
from courses.models import Closure, Room, Venue
from courses.rules.opening import hours_in_words, week_in_words


@dataclass(frozen=True)
class Door:
    """A room as the page shows it: today in words, and the usual week."""

    name: str
    today: str
    week: list[tuple[str, str]]


@kept
def sign(request, code):
    """Say whose place it is and when it is open today; a code that is unknown, or not used any more, is a 404."""
    rows = Venue.objects.select_related("organisation", "area__parent", "picture")
    venue = rows.filter(sign_code=code.upper()).first()
    if venue is None:
        return render(request, "courses/sign_unknown.html", status=404)
    today = timezone.localdate()
    is_given_up = venue.is_given_up(on=today)
    closures = [] if is_given_up else list(Closure.objects.on(today).filter(venue=venue))
    context = {
        "venue": venue,
        "today": today,
        "is_given_up": is_given_up,
        "closed": next((each for each in closures if each.room_id is None), None),
        "doors": [] if is_given_up else doors(venue, closures, today),
        "picture": rendition_of(venue.picture) if venue.picture and not is_given_up else None,
    }
    return render(request, "courses/sign.html", context)


def doors(venue: Venue, closures: list[Closure], today: date) -> list[Door]:
    """Return the rooms in use, each with its hours of today."""
    closed = {each.room_id: each for each in closures}
    rooms = venue.rooms.in_use(on=today).prefetch_related("opening_hours")
    return [
        Door(room.name, _today(room, closed.get(room.pk), today), week_in_words(room.week()))
        for room in rooms
    ]


def _today(room: Room, closure: Closure | None, today: date) -> str:
    if closure:
        return f"今天不开：{closure.reason}"
    hours = [each for each in room.week() if each.weekday == today.isoweekday()]
    return f"今天{hours_in_words(hours)}" if hours else "今天不开"
