"""Days on which a venue or a room is closed: adding them, and opening again."""

from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.places.base import ClosureMixin, VenueMixin
from courses.desk.places.venues import show_url
from courses.enums import Right
from courses.forms.places import ClosureForm, SureForm
from courses.services.rooms import add_closure, remove_closure


class NewClosure(VenueMixin, DeskFormView):
    """Closes a venue, or one of its rooms, for some days."""

    page_title = "加暂停的日子"
    right = Right.CHANGE_PLACES
    form_class = ClosureForm
    done = "记下了。这几天不能排课。"

    def get_initial(self):
        today = timezone.localdate()
        return {"starts_on": today, "ends_on": today}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.choose("room", self.venue.rooms.all())
        return form

    def save(self, form):
        add_closure(venue=self.venue, by=self.by, **form.cleaned_data)
        return show_url(self.venue)


class RemoveClosure(ClosureMixin, DeskFormView):
    """Opens again before the last day."""

    page_title = "提前恢复"
    right = Right.CHANGE_PLACES
    form_class = SureForm
    submit_label = "从今天起恢复"
    done = "恢复了。"

    @property
    def question(self) -> str:
        closure = self.closure
        what = f"教室 {closure.room}" if closure.room else "整个场地"
        days = f"{closure.starts_on:%Y-%m-%d} 到 {closure.ends_on:%Y-%m-%d}"
        return f"{what}，{days}，{closure.reason}。还没到的日子不再暂停，已经过去的留着做记录。"

    def save(self, form):
        remove_closure(closure=self.closure, by=self.by)
        return show_url(self.closure.venue)
