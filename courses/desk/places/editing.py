"""A new venue, changing one, giving one up and taking it into use again, its picture, its sign's code."""

from courses.desk.editing import DeskFormView
from courses.desk.places.base import PlacesMixin, VenueMixin
from courses.desk.places.venues import show_url
from courses.enums import Right
from courses.forms.desk import DeskForm
from courses.forms.places import LastDayForm, SureForm, VenueForm
from courses.services.places import (
    VenueFacts,
    change_venue,
    close_venue,
    create_venue,
    remove_picture,
    renew_sign,
    reopen_venue,
)


class NewVenue(PlacesMixin, DeskFormView):
    """Makes a venue and leads to it: what it needs next is a room."""

    page_title = "新场地"
    right = Right.CHANGE_PLACES
    form_class = VenueForm
    done = "场地登记好了。接下来加教室。"

    def get_initial(self):
        return super().get_initial() | {"organisation": self.acting.organisation}

    def save(self, form):
        venue = create_venue(by=self.by, **given(form))
        return show_url(venue)


class VenueFormView(VenueMixin, DeskFormView):
    """Something that is done to a venue by a form."""

    right = Right.CHANGE_PLACES
    form_class: type[DeskForm] = SureForm

    def save(self, form):
        self.do(form)
        return show_url(self.venue)

    def do(self, form) -> None:
        """Do it by a service."""
        raise NotImplementedError


class EditVenue(VenueFormView):
    """Changes what is known of a venue."""

    page_title = "改场地"
    form_class = VenueForm

    def get_initial(self):
        venue = self.venue
        known = {name: getattr(venue, name) for name in VenueFacts.__annotations__}
        words = venue.picture.description if venue.picture else ""
        return known | {"organisation": venue.organisation, "picture_words": words}

    def do(self, form):
        change_venue(venue=self.venue, by=self.by, **given(form))


class CloseVenue(VenueFormView):
    """Gives a venue up from a day on."""

    page_title = "不再用这个场地"
    form_class = LastDayForm
    submit_label = "从这一天起不用"
    question = (
        "从这一天起，这个场地不能再排课，门牌上的码会告诉别人这里不用了。登记的东西都还在，以后可以恢复。"
    )
    is_dangerous = True
    done = "记下了。"

    def do(self, form):
        close_venue(venue=self.venue, on=form.cleaned_data["on"], by=self.by)


class ReopenVenue(VenueFormView):
    """Takes a venue into use again."""

    page_title = "恢复使用"
    submit_label = "恢复使用"
    question = "恢复以后，这个场地又能排课。"
    done = "恢复了。"

    def do(self, form):
        reopen_venue(venue=self.venue, by=self.by)


class RemovePicture(VenueFormView):
    """Takes a venue's picture away."""

    page_title = "去掉照片"
    submit_label = "去掉"
    question = "照片会删掉，大家扫码时也看不到了。"
    is_dangerous = True
    done = "照片去掉了。"

    def do(self, form):
        remove_picture(venue=self.venue, by=self.by)


class RenewSign(VenueFormView):
    """Gives a venue a new code: for signs that were stolen, copied, or hang where they should not."""

    page_title = "换门牌上的码"
    submit_label = "换一个新的码"
    question = "换了以后，已经挂出去的门牌都认不出了，要重新打印。旧门牌丢了、被人拿去用了，才要换。"
    is_dangerous = True
    done = "换好了。请把门牌重新打印，旧的收回来。"

    def do(self, form):
        renew_sign(venue=self.venue, by=self.by)


def given(form: VenueForm) -> dict:
    """Return what the services take out of the form."""
    others = ("organisation", "picture", "picture_words")
    return form.facts() | {name: form.cleaned_data[name] for name in others}
