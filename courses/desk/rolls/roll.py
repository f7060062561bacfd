"""点名: everybody on one screen, large; one tap says that all came, then the exceptions."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from courses.desk.base import DeskAction, DeskPage
from courses.desk.classes.sessions import SessionMixin, when_of
from courses.enums import Right, RunMode, SessionState
from courses.errors import Refused
from courses.forms.rolls import RollForm
from courses.rules.roll_call import session_refusal
from courses.services.roll_call.guests import last_heads
from courses.services.roll_call.marking import mark, may_call
from courses.services.roll_call.preparing import may_prepare
from courses.services.roll_call.roll import RollLine, roll_of
from courses.services.roll_call.undoing import may_undo, undo_last


class RollMixin(SessionMixin):
    """The roll of a session out of the address."""

    right = right_to_change = Right.CALL_ROLL
    header_icon = "tick"

    def look_up(self) -> None:
        """A roll names learners: to a teacher only those of the sessions they teach exist."""
        if not may_call(self.session, by=self.by):
            raise Http404

    @cached_property
    def lines(self) -> list[RollLine]:
        """Everybody on the roll."""
        return roll_of(self.session)

    @property
    def roll_url(self) -> str:
        return reverse("desk:roll", args=[self.session.pk])

    @property
    def called(self) -> str:
        """Which session this is, in words: several tabs with rolls look alike."""
        return f"{self.session.run.title}，{when_of(self.session)}。"

    def refusal(self) -> str:
        """Return why nobody can be put down in this session now, "" when they can."""
        one = self.session
        refusal = session_refusal(state=one.state, starts_at=one.starts_at, now=timezone.now())
        return refusal.message if refusal else ""

    def get_above(self):
        return [*super().get_above(), (f"第 {self.session.number} 次课", self.session_url)]

    @property
    def session_url(self) -> str:
        return reverse("desk:session", args=[self.session.pk])


class Roll(RollMixin, DeskPage):
    """Names, and what the roll says of each; a POST puts down what differs."""

    template_name = "courses/desk/rolls/roll.html"
    page_title = "点名"

    def get_form(self, data=None) -> RollForm:
        """Return the roll as a form."""
        return RollForm(data, session=self.session, lines=self.lines, user=self.by)

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            added = mark(session=self.session, marks=form.marks(), by=self.by, now=timezone.now())
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(form=self.refused(refusal)), status=422)
        many = len({line.learner_id for line in added})
        words = f"记好了 {many} 位。" if many else "没有要改的，都记着呢。"
        messages.success(request, words)
        return HttpResponseRedirect(self.roll_url)

    def refused(self, refusal: Refused) -> RollForm:
        """Return the form with what was tapped, beside what the roll says by now."""
        del self.lines
        form = self.get_form(self.request.POST)
        if form.is_valid():
            form.refuse(refusal)
        return form

    def get_context_data(self, **kwargs):
        refusal = self.refusal()
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or self.get_form(),
            "session": self.session,
            "called": self.called,
            "expected": sum(not line.is_guest for line in self.lines),
            "there": sum(line.is_in_class for line in self.lines),
            "helped": sum(line.is_there and line.is_assistance for line in self.lines),
            "silent": sum(line.line is None for line in self.lines),
            "heads": last_heads(self.session),
            "refusal": refusal,
            "is_held": self.session.state == SessionState.PLANNED,
            "may_undo": not refusal and may_undo(self.session, by=self.by, now=timezone.now()),
            "may_approve": self.may(Right.LOCK_MONTHS),
            "photos": self.session.roll_photos.there().count(),
            "may_prepare": may_prepare(self.session, now=timezone.now()),
            "is_joined_live": RunMode(self.session.mode).is_joined_live,
        }


class UndoRoll(RollMixin, DeskAction):
    """撤销: takes back what one has just put down."""

    def post(self, request, *args, **kwargs):
        try:
            taken_back = undo_last(session=self.session, by=self.by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"撤销了，{len(taken_back)} 位和刚才以前一样。")
        return HttpResponseRedirect(self.roll_url)
