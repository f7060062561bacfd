"""What the screens of one venue, one room, one closure have in common: the thing itself, and the path to it."""

from django.urls import reverse
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin
from courses.desk.places.venues import show_url
from courses.models import Closure, Room, Venue

PLACES = "场地"


class PlacesMixin(DeskMixin):
    """Every screen of places stands below the list of venues."""

    header_icon = "home"

    def get_above(self) -> list[tuple[str, str]]:
        return [(PLACES, reverse("desk:venues"))]


class VenueMixin(PlacesMixin):
    """A screen of the venue whose id is in the address; a 404 when it is not visible."""

    @cached_property
    def venue(self) -> Venue:
        rows = Venue.objects.select_related("organisation", "area__parent", "picture")
        return self.visible(rows, self.kwargs["pk"])

    def get_above(self) -> list[tuple[str, str]]:
        return [*super().get_above(), (self.venue.name, show_url(self.venue))]


class RoomMixin(PlacesMixin):
    """A screen of the room whose id is in the address; a 404 when it is not visible."""

    @cached_property
    def room(self) -> Room:
        rows = Room.objects.select_related("venue__organisation", "venue__area__parent")
        return self.visible(rows, self.kwargs["pk"])

    @property
    def room_url(self) -> str:
        """Where the room is shown."""
        return reverse("desk:room", args=[self.room.pk])

    def get_above(self) -> list[tuple[str, str]]:
        venue = self.room.venue
        steps = [*super().get_above(), (venue.name, show_url(venue))]
        return [*steps, (f"教室 {self.room.name}", self.room_url)]


class ClosureMixin(PlacesMixin):
    """A screen of the closure whose id is in the address; a 404 when it is not visible."""

    @cached_property
    def closure(self) -> Closure:
        return self.visible(Closure.objects.select_related("venue__organisation", "room"), self.kwargs["pk"])

    def get_above(self) -> list[tuple[str, str]]:
        return [*super().get_above(), (self.closure.venue.name, show_url(self.closure.venue))]
