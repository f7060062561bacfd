"""Facts of venues as services and forms take them, weeks of rooms, uploaded pictures."""

from datetime import date, time
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from courses.enums import VenueKind
from courses.models import Closure, OpeningHours, Organisation, Room, Venue
from courses.rules.opening import Hours
from tests.factories.classes import an_area

MORNING = (time(9), time(11, 30))
AFTERNOON = (time(13, 30), time(16))


def some_facts(**values) -> dict:
    """Return what `create_venue` wants to know."""
    return {
        "name": "田林活动室",
        "kind": VenueKind.RESIDENTS_ROOM,
        "area": an_area(),
        "address": "田林路 100 号",
        "way": "43 路到底，从南门进。",
        "has_step_free_way": True,
        "has_hearing_loop": False,
        "has_wifi": True,
        "has_projector": False,
        "is_epidemic_ready": False,
        "epidemic_checked_on": None,
        "capacity": 40,
    } | values


def typed(organisation: Organisation, **values) -> dict:
    """Return what a browser sends for these facts: ticks only where they are set."""
    facts = some_facts()
    sent = {name: value for name, value in facts.items() if not isinstance(value, bool) and value is not None}
    ticks = {name: "on" for name, value in facts.items() if value is True}
    return sent | ticks | {"organisation": organisation.pk, "area": facts["area"].code} | values


def open_week(room: Room, *days: int, spans=(MORNING,)) -> list[Hours]:
    """Open a room on these days of the week."""
    week = [Hours(day, *span) for day in days for span in spans]
    OpeningHours.objects.bulk_create(OpeningHours(room=room, **each._asdict()) for each in week)
    return week


def closed_on(
    venue: Venue, starts: date, ends: date, *, room: Room | None = None, reason: str = "装修"
) -> Closure:
    """Close a venue or a room from a day to a day."""
    return Closure.objects.create(venue=venue, room=room, starts_on=starts, ends_on=ends, reason=reason)


def a_photo(
    name: str = "door.jpg", *, kind: str = "JPEG", size: tuple[int, int] = (60, 40), **saved
) -> SimpleUploadedFile:
    """Make a picture as a telephone sends it."""
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, kind, **saved)
    return SimpleUploadedFile(name, written.getvalue())
