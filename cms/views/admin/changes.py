"""改了什么: a draft beside what readers see now, in words, with the reviewer's buttons."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, WorkflowMixin

from cms.services.reviewing import decision_words, sent_back_words
from cms.services.versions import changes_between, published_version


def changes_url(content_type: ContentType, object_id) -> str:
    """Return where the changes of a page or a shared step are told."""
    return reverse("changes", args=[content_type.app_label, content_type.model, object_id])


def review_url(content_type: ContentType, object_id) -> str:
    """Return where a reviewer decides; whoever has decided goes from there back to 今天."""
    return f"{changes_url(content_type, object_id)}?review"


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    """What the newest version says otherwise than the one on line; where it waits for review, also the decision."""

    template_name = "cms/admin/changes.html"
    page_title = "改了什么"
    header_icon = "history"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, app_label: str, model: str, pk: int, **kwargs):
        kind = get_object_or_404(ContentType, app_label=app_label, model=model).model_class()
        if kind is None or not issubclass(kind, WorkflowMixin):
            raise Http404
        try:
            self.on_line: Any = get_object_or_404(kind, pk=pk)
        except OverflowError:
            # SQLite's word for a number longer than any key.
            raise Http404 from None
        self.edit_url = AdminURLFinder(request.user).get_edit_url(self.on_line)
        if not self.edit_url:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if "review" in request.GET and not self._task_state() and (words := decision_words(self.on_line)):
            messages.success(request, words)
            return redirect("wagtailadmin_home")
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": f"{self.page_title}：{self.newest}"}]

    @property
    def newest(self):
        if not hasattr(self, "_newest"):
            self._newest = self.on_line.get_latest_revision_as_object()
        return self._newest

    def get_context_data(self, **kwargs):
        before = published_version(self.on_line)
        return super().get_context_data(**kwargs) | {
            "object": self.newest,
            "is_new": before is None,
            "changes": changes_between(before, self.newest) if before else [],
            "note": getattr(self.newest, "change_note", ""),
            "sent_back": sent_back_words(self.on_line),
            "edit_url": self.edit_url,
            "preview_url": self._preview_url(),
            "compare_url": self._compare_url(),
            "usage_url": self._usage_url(),
            "task_state": self._task_state(),
            "actions": self._actions(),
        }

    def _task_state(self):
        return self.on_line.current_workflow_task_state

    def _actions(self) -> list[dict]:
        """Return the decisions this person may take: what it is called, where it is posted, whether it asks."""
        state = self._task_state()
        if not state:
            return []
        name = self._url_name("workflow_action")
        return [
            {
                "label": label,
                "asks": asks,
                "url": reverse(name, args=[quote(self.on_line.pk), verb, state.pk]),
            }
            for verb, label, asks in state.task.specific.get_actions(self.on_line, self.request.user)
        ]

    def _preview_url(self) -> str:
        if isinstance(self.on_line, Page):
            return reverse("wagtailadmin_pages:view_draft", args=[self.on_line.pk])
        return ""

    def _usage_url(self) -> str:
        """Return where to see which pages change along with a shared step."""
        if isinstance(self.on_line, Page):
            return ""
        return reverse(self._url_name("usage"), args=[quote(self.on_line.pk)])

    def _compare_url(self) -> str:
        if not self.on_line.live_revision_id:
            return ""
        return reverse(self._url_name("revisions_compare"), args=[quote(self.on_line.pk), "live", "latest"])

    def _url_name(self, action: str) -> str:
        if isinstance(self.on_line, Page):
            return f"wagtailadmin_pages:{action}"
        return self.on_line.snippet_viewset.get_url_name(action)
