"""Days on which a venue or a room is closed: adding them, and opening again."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courses.desk.editing import DeskFormView
from courses.desk.places.base import ClosureMixin, VenueMixin
from courses.desk.places.venues import show_url
from courses.enums import Right
from courses.forms.places import ClosureForm, SureForm
from courses.models import ClassSession, Closure
from courses.services.rooms import add_closure, remove_closure
from courses.services.scheduling.holding import said_of
from courses.services.scheduling.open_places import sessions_in

# A message is no list: the board shows the rest.
MOST_TOLD = 10


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
        closure = add_closure(venue=self.venue, by=self.by, **form.cleaned_data)
        if words := self.hit_in_words(closure):
            messages.warning(self.request, words)
        return show_url(self.venue)

    def hit_in_words(self, closure: Closure) -> SafeString | str:
        """Return which classes are planned there on these days, as links; "" when there are none.

        Of classes outside the branch, as when a school's college has planned there, only the number is told.
        """
        hit = sessions_in(closure, now=timezone.now())
        ours = list(hit.filter(pk__in=ClassSession.objects.visible_to(self.by).values("pk")))
        others = hit.count() - len(ours)
        if not ours and not others:
            return ""
        links = format_html_join(
            "；",
            '<a href="{}">{}</a>',
            [(reverse("desk:session", args=[each.pk]), said_of(each)) for each in ours[:MOST_TOLD]],
        )
        more = f"；还有 {len(ours) - MOST_TOLD} 次，请看周课表" if len(ours) > MOST_TOLD else ""
        own = format_html("这几天还有 {} 次课，请去改：{}{}。", len(ours), links, more) if ours else ""
        foreign = f"这几天还有 {others} 次别的机构的课，请打电话告诉他们。" if others else ""
        return format_html("{}{}", own, foreign)


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
