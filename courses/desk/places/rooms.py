"""One room, and its form: name, seats and the whole week on one sheet."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.desk.places.base import PlacesMixin, RoomMixin, VenueMixin
from courses.desk.places.venues import number_in_words
from courses.desk.showing import DeskShow, Fact
from courses.enums import Right
from courses.forms.places import LastDayForm, SureForm
from courses.forms.rooms import RoomForm, week_as_filled_in
from courses.rules.opening import MOST_A_DAY, USUAL_WEEK, week_in_words
from courses.services.rooms import add_room, change_room, close_room, reopen_room, set_opening_hours


class RoomPage(RoomMixin, DeskShow):
    """A room's seats, its week in words, and what can be done with it."""

    right = Right.SEE_PLACES

    def get_page_title(self):
        return f"{self.room.venue} · {self.room}"

    def get_above(self):
        return super().get_above()[:-1]

    def get_facts(self):
        room = self.room
        week = "\n".join(f"{days} {hours}" for days, hours in week_in_words(room.week()))
        closed = f"从 {room.closed_on:%Y-%m-%d} 起不再用" if room.closed_on else ""
        return [
            Fact("还用吗", closed),
            Fact("座位", number_in_words(room.seats)),
            Fact("每周开放时间", week or "没有填"),
        ]

    def get_buttons(self):
        def link(name: str) -> str:
            return reverse(f"desk:{name}", args=[self.room.pk])

        # A sign that calls people into a place given up is worse than none.
        is_used = not self.room.is_given_up(on=timezone.localdate())
        sign = [Button("打印门牌", link("room_sign"))] if is_used else []
        if not self.may(Right.CHANGE_PLACES):
            return sign
        give_up = ("恢复使用", "room_reopen") if self.room.closed_on else ("不再用了", "room_close")
        return [
            Button("改", link("room_edit"), is_chief=True),
            *sign,
            Button(give_up[0], link(give_up[1])),
        ]


class RoomFormView(PlacesMixin, DeskFormView):
    """The form of a room. Its button ``fill`` fills in the usual week, without a script and without saving."""

    template_name = "courses/desk/places/room_form.html"
    right = Right.CHANGE_PLACES
    form_class = RoomForm

    def post(self, request, *args, **kwargs):
        if "fill" not in request.POST:
            return super().post(request, *args, **kwargs)
        # Not bound: what is still empty is no mistake yet.
        form = RoomForm(initial=self.typed() | usual_days(), user=request.user)
        return self.render_to_response(self.get_context_data(form=form))

    def typed(self) -> dict:
        """Return what stood in the form, as it was typed."""
        given = self.request.POST
        week = {
            f"day_{day}": [given.get(f"day_{day}_{n}", "") for n in range(2 * MOST_A_DAY)]
            for day in range(1, 8)
        }
        return {"name": given.get("name", ""), "seats": given.get("seats", "")} | week


def usual_days() -> dict:
    """Return the days on which a usual school is open; the others stay as they are."""
    return {day: hours for day, hours in week_as_filled_in(USUAL_WEEK).items() if hours}


class NewRoom(VenueMixin, RoomFormView):
    """Adds a room to a venue."""

    page_title = "新教室"
    done = "教室加好了。"

    def save(self, form):
        facts = {"name": form.cleaned_data["name"], "seats": form.cleaned_data["seats"]}
        room = add_room(venue=self.venue, hours=form.hours(), by=self.by, **facts)
        return reverse("desk:room", args=[room.pk])


class EditRoom(RoomMixin, RoomFormView):
    """Changes a room and its week."""

    page_title = "改教室"

    def get_initial(self):
        known = {"name": self.room.name, "seats": self.room.seats}
        return known | week_as_filled_in(self.room.week()) | super().get_initial()

    @transaction.atomic
    def save(self, form):
        facts = {"name": form.cleaned_data["name"], "seats": form.cleaned_data["seats"]}
        change_room(room=self.room, by=self.by, **facts)
        set_opening_hours(room=self.room, hours=form.hours(), by=self.by)
        return self.room_url


class CloseRoom(RoomMixin, DeskFormView):
    """Gives a room up from a day on."""

    page_title = "不再用这间教室"
    right = Right.CHANGE_PLACES
    form_class = LastDayForm
    submit_label = "从这一天起不用"
    question = "从这一天起，这间教室不能再排课。登记的东西都还在，以后可以恢复。"
    is_dangerous = True
    done = "记下了。"

    def save(self, form):
        close_room(room=self.room, on=form.cleaned_data["on"], by=self.by)
        return self.room_url


class ReopenRoom(RoomMixin, DeskFormView):
    """Takes a room into use again."""

    page_title = "恢复使用"
    right = Right.CHANGE_PLACES
    form_class = SureForm
    submit_label = "恢复使用"
    question = "恢复以后，这间教室又能排课。"
    done = "恢复了。"

    def save(self, form):
        reopen_room(room=self.room, by=self.by)
        return self.room_url
