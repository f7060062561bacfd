"""The sign for a door, on a sheet of A4: for the house, or for a room with its number in large."""

from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.services.qr import qr_svg
from courses.desk.base import DeskPage
from courses.desk.places.base import RoomMixin, VenueMixin
from courses.desk.places.venues import show_url
from courses.enums import Right
from courses.models import Venue
from courses.rules.opening import Hours, week_in_words
from courses.rules.signs import size_on_sign


class SignPage(DeskPage):
    """A sheet to print. Nothing on it is about a person, and nothing is put down."""

    template_name = "courses/desk/places/sign.html"
    right = Right.SEE_PLACES

    def drawn(self, *, venue: Venue, words: str, week: list[Hours], back: str) -> dict:
        """Return what the sheet shows: the words in large, the week, the code of the venue."""
        # Each span stands whole: "下午" at the end of a line and its hours on the next are not read together.
        hours = [(days, times.split("，")) for days, times in week_in_words(week)]
        return {
            "venue": venue,
            "words": words,
            "size": size_on_sign(words),
            "hours": hours,
            "is_long": len(hours) > 2,
            "qr": qr_svg(
                settings.PUBLIC_URL + reverse("sign", args=[venue.sign_code]),
                title="验证码，扫一扫看这里是不是真的",
                scale=None,
                error="q",
            ),
            "back_url": back,
        }


class VenueSign(VenueMixin, SignPage):
    """For the door of the house: open when any of its rooms is."""

    page_title = "大门的门牌"

    def get_context_data(self, **kwargs):
        rooms = self.venue.rooms.in_use(on=timezone.localdate()).prefetch_related("opening_hours")
        week = list(chain.from_iterable(room.week() for room in rooms))
        sheet = self.drawn(venue=self.venue, words=self.venue.name, week=week, back=show_url(self.venue))
        return super().get_context_data(**kwargs) | sheet


class RoomSign(RoomMixin, SignPage):
    """For the door of a room."""

    page_title = "教室的门牌"

    def get_context_data(self, **kwargs):
        room = self.room
        sheet = self.drawn(venue=room.venue, words=room.name, week=room.week(), back=self.room_url)
        return super().get_context_data(**kwargs) | sheet | {"room": room}
