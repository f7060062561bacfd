"""People nobody expected, and heads without names."""

from django.contrib import messages
from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.rolls.roll import RollMixin
from courses.enums import Right
from courses.forms.desk import DeskForm
from courses.forms.rolls import ApproveHeadsForm, HeadsForm, WalkInForm
from courses.services.learners import LearnerFacts
from courses.services.roll_call.guests import approve_heads, count_heads, walk_in


class GuestView(RollMixin, DeskFormView):
    """A form that comes back to the roll."""

    form_class: type[DeskForm] = DeskForm

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]


class WalkIn(GuestView):
    """临时来客: three fields, and they are on the roll."""

    page_title = "临时来了一位"
    form_class = WalkInForm
    submit_label = "登记，记到了"
    done = ""

    def get_initial(self):
        return {"area": self.session.run.organiser.area}

    def save(self, form) -> str:
        facts = LearnerFacts(**form.cleaned_data)
        line = walk_in(session=self.session, facts=facts, by=self.by, now=timezone.now())
        messages.success(self.request, f"{line.learner.name}记到了。")
        return self.roll_url


class CountHeads(GuestView):
    """没有名单的人数."""

    page_title = "没有名单的人数"
    form_class = HeadsForm
    question = "只数了人头、没有记名字的，填在这里。单独列出来，不算人次，要算得由区里核准。"

    def save(self, form) -> str:
        heads = form.cleaned_data["heads"]
        count_heads(session=self.session, heads=heads, by=self.by, now=timezone.now())
        return self.roll_url


class ApproveHeads(GuestView):
    """核准没有名单的人数, by the district."""

    right = right_to_change = Right.LOCK_MONTHS
    page_title = "核准没有名单的人数"
    form_class = ApproveHeadsForm
    submit_label = "核准"
    question = "核准以后，这些人算进上报的人次。谁核准的、为什么，都会记下来。"
    done = "核准了。"

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        approve_heads(session=self.session, because=because, by=self.by, now=timezone.now())
        return self.roll_url
