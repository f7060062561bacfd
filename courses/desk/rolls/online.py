"""线上签到: how many minutes each person was in the meeting, typed one after the other."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from courses.desk.base import DeskPage
from courses.desk.classes.sessions import when_of
from courses.desk.rolls.roll import RollMixin
from courses.enums import RunMode
from courses.errors import Refused
from courses.forms.online import OnlineForm, OnlineRow
from courses.rules.online import minutes_words, needed_minutes
from courses.services.roll_call.lines import thresholds
from courses.services.roll_call.online import put_down_minutes


class OnlineMixin(RollMixin):
    """A session that is live on line; for others there is no such screen."""

    def look_up(self) -> None:
        super().look_up()
        if not RunMode(self.session.mode).is_joined_live:
            raise Http404

    @property
    def online_url(self) -> str:
        return reverse("desk:online_roll", args=[self.session.pk])

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]

    def words_of(self, minutes: int) -> str:
        """Return how long that is, and what is missing."""
        return minutes_words(minutes, length=self.session.minutes, thresholds=thresholds())

    @property
    def needed(self) -> int:
        """From how many minutes on somebody was there."""
        return needed_minutes(length=self.session.minutes, thresholds=thresholds())


class OnlineRoll(OnlineMixin, DeskPage):
    """A field of minutes beside each name; a POST puts down what was filled in."""

    template_name = "courses/desk/rolls/online.html"
    page_title = "线上签到"

    def get_form(self, data=None, *, is_anew: bool = False) -> OnlineForm:
        """Return the roll as a form."""
        return OnlineForm(data, lines=self.lines, length=self.session.minutes, is_anew=is_anew)

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        asked = {"minutes": form.minutes(), "shown": form.shown(), "because": form.cleaned_data["because"]}
        try:
            added = put_down_minutes(session=self.session, by=self.by, now=timezone.now(), **asked)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(form=self.refused(refusal)), status=422)
        words = f"记好了 {len(added)} 位。" if added else "没有要改的，都记着呢。"
        messages.success(request, words)
        return HttpResponseRedirect(self.online_url)

    def refused(self, refusal: Refused) -> OnlineForm:
        """Return the form with what was typed, beside what the roll says by now."""
        del self.lines
        form = self.get_form(self.request.POST, is_anew=True)
        for words in refusal.fields.values() or [str(refusal)]:
            form.add_error(None, words)
        return form

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(**kwargs) | {
            "form": form,
            "rows": [(row, self.said_of(row)) for row in form.rows()],
            "session": self.session,
            "when": when_of(self.session),
            "needed": self.needed,
        }

    def said_of(self, row: OnlineRow) -> str:
        """Return what the roll says of somebody now, "" for nothing yet."""
        line = row.line.line
        if line is None:
            return ""
        if row.line.is_assistance:
            return f"记的是帮办：{line.get_state_display()}。在线满 {self.needed} 分钟，改成来上课。"
        if row.is_on_site:
            return f"在教室点过名：{line.get_state_display()}。在线几分钟都不改。"
        if line.minutes is None:
            return f"点名记的：{line.get_state_display()}"
        return f"{line.get_state_display()}：在线 {self.words_of(line.minutes)}"
