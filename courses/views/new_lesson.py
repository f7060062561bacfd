"""新课: a title, and the editor opens with the first steps in it."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.models import User
from courses.forms import NewLessonForm
from courses.services.new_lesson import last_module_of, modules_for, start_lesson


class NewLessonView(WagtailAdminTemplateMixin, FormView):
    """Asks for the title; ``?module=`` names the module one comes from."""

    form_class = NewLessonForm
    template_name = "wagtailadmin/generic/form.html"
    page_title = "新课"
    header_icon = "plus"

    @property
    def writer(self) -> User:
        # The staff area lets in nobody who has not logged in.
        return cast("User", self.request.user)

    @cached_property
    def modules(self):
        return modules_for(self.writer)

    def dispatch(self, request, *args, **kwargs):
        if not self.modules.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        asked = self.modules.filter(pk__in=self._asked_module()).first()
        return {"module": asked.pk if asked else last_module_of(self.writer)}

    def _asked_module(self) -> list[str]:
        """Return the module's number in the address; whatever is no such number is as good as none."""
        asked = self.request.GET.get("module", "")
        return [asked] if asked.isdecimal() and asked.isascii() and len(asked) < 10 else []

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"modules": self.modules}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words = {
            "submit_button_label": "开始写",
            "submit_button_active_label": "正在准备…",
            "action_url": self.request.get_full_path(),
            "media": context["form"].media,
        }
        return context | words

    def form_valid(self, form):
        lesson = start_lesson(**form.cleaned_data, by=self.writer)
        return redirect(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
