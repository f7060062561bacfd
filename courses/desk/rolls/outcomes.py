"""学会了没有: at the end of the roll call, two taps for a class where everybody can do it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone

from courses.desk.base import DeskPage
from courses.desk.classes.sessions import when_of
from courses.desk.rolls.roll import RollMixin
from courses.errors import Refused
from courses.forms.outcomes import OutcomesForm
from courses.services.roll_call.outcomes import outcomes_of, say_outcomes, taught_in


class Outcomes(RollMixin, DeskPage):
    """Who was there, and how they left each lesson; a POST puts down what differs."""

    template_name = "courses/desk/rolls/outcomes.html"
    page_title = "学会了没有"

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]

    def get_form(self, data=None) -> OutcomesForm:
        """Return those who were there as a form."""
        return OutcomesForm(
            data,
            lines=[line for line in self.lines if line.is_in_class],
            lessons=taught_in(self.session),
            said=outcomes_of(self.session),
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.refused(form)
        try:
            added = say_outcomes(session=self.session, said=form.said(), by=self.by, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.refused(form)
        messages.success(request, f"记好了 {added} 条。" if added else "没有要改的，都记着呢。")
        return HttpResponseRedirect(request.path)

    def refused(self, form: OutcomesForm):
        """Show the form once more, with what was tapped."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or self.get_form(),
            "session": self.session,
            "when": when_of(self.session),
            "roll_url": self.roll_url,
        }
