"""A form of the desk: errors stand beside their fields and in a list on top, and nothing typed is lost."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.views.generic import FormView

from courses.desk.base import DeskMixin
from courses.errors import Refused


class DeskFormView(DeskMixin, FormView):
    """Asks and does. A subclass says in ``save`` what is done, and where one goes then.

    ``question`` stands above the fields, for a form that only asks whether one is sure.
    """

    template_name = "courses/desk/form.html"
    submit_label = "保存"
    question = ""
    is_dangerous = False
    done = "保存好了。"

    def save(self, form) -> str:
        """Do it by a service and return the address to go to. A `Refused` is shown in the form."""
        raise NotImplementedError

    def get_back_url(self) -> str:
        """Return where 不改了 leads."""
        return self.get_above()[-1][1] if self.get_above() else self.request.path

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        try:
            address = self.save(form)
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return HttpResponseRedirect(address)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "submit_label": self.submit_label,
            "question": self.question,
            "is_dangerous": self.is_dangerous,
            "back_url": self.get_back_url(),
        }
