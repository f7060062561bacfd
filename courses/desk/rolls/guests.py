"""People nobody expected, and heads without names."""

from django.contrib import messages
from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.rolls.roll import RollMixin
from courses.enums import RecordKind, Right
from courses.forms.desk import DeskForm
from courses.forms.rolls import ApproveHeadsForm, HeadsForm, ReasonForm, WalkInForm
from courses.services.counting.closed import was_reported
from courses.services.learners import LearnerFacts
from courses.services.roll_call.guests import approve_heads, count_heads, last_heads, walk_in


class GuestView(RollMixin, DeskFormView):
    """A form that comes back to the roll."""

    form_class: type[DeskForm] = DeskForm

    # What is to be done, below which session it is.
    explained = ""

    @property
    def question(self) -> str:
        """Which session, what is to be done, and where nobody can be put down now, why."""
        return f"{self.called}{self.refusal() or self.explained}"

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]


class LateGuestView(GuestView):
    """Also asks why, where the month was reported already."""

    form_class: type[ReasonForm] = ReasonForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"wants_reason": self.wants_reason()}

    def wants_reason(self) -> bool:
        return was_reported(self.session)


class WalkIn(LateGuestView):
    """临时来客: three fields, and they are on the roll."""

    page_title = "临时来了一位"
    explained = "来问一件事的，选“帮办”：单独记，不算人次。"
    form_class = WalkInForm
    submit_label = "登记，记下来"
    done = ""

    def get_initial(self):
        return {"area": self.session.run.organiser.area}

    def save(self, form) -> str:
        because, kind = form.why(), form.kind()
        asked = {"session": self.session, "kind": kind, "by": self.by, "now": timezone.now()}
        line = walk_in(**asked, facts=LearnerFacts(**form.cleaned_data), because=because)
        words = "记到了" if kind == RecordKind.TRAINING else "记下了，是帮办，不算人次"
        messages.success(self.request, f"{line.learner.name}{words}。")
        return self.roll_url


class CountHeads(LateGuestView):
    """没有名单的人数."""

    page_title = "没有名单的人数"
    form_class = HeadsForm
    explained = "只数了人头、没有记名字的，填在这里。单独列出来，不算人次，要算得由区里核准。"

    def wants_reason(self) -> bool:
        last = last_heads(self.session)
        return super().wants_reason() or bool(last and last.approved_by_id)

    def save(self, form) -> str:
        heads, because = form.cleaned_data["heads"], form.why()
        count_heads(session=self.session, heads=heads, by=self.by, now=timezone.now(), because=because)
        return self.roll_url


class ApproveHeads(GuestView):
    """核准没有名单的人数, by the district."""

    right = right_to_change = Right.LOCK_MONTHS
    page_title = "核准没有名单的人数"
    form_class = ApproveHeadsForm
    submit_label = "核准"
    explained = "核准以后，这些人算进上报的人次。谁核准的、为什么，都会记下来。"
    done = "核准了。"

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        approve_heads(session=self.session, because=because, by=self.by, now=timezone.now())
        return self.roll_url
