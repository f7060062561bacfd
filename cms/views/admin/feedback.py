"""反馈: what readers said about a step, what waits first, and settling it."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.enums import FeedbackKind, PhoneKind
from cms.models import StepFeedback
from cms.services.feedback_desk import block_of, reopen, settle
from cms.services.reviewing import name_of

ON_ONE_PAGE = 50
STATES = {"waiting": "还没处理", "settled": "处理好了", "all": "全部"}


def mending_url(feedback: StepFeedback) -> str:
    """Return where the step of ``feedback`` is mended; the step is looked up only when somebody goes there."""
    return f"{reverse('feedback_desk:index')}?mend={feedback.pk}"


class FeedbackView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The list with its filters, and the way to the step; a POST settles what is ticked, or takes that back."""

    permission_required = "cms.change_stepfeedback"
    raise_exception = True
    template_name = "cms/admin/feedback.html"
    page_title = "读者反馈"
    header_icon = "comment"
    _show_breadcrumbs = True

    def get(self, request, *args, **kwargs):
        if ids := _ids([request.GET.get("mend", "")]):
            feedback = get_object_or_404(StepFeedback.objects.select_related("page"), pk=ids[0])
            edit, block = reverse("wagtailadmin_pages:edit", args=[feedback.page_id]), block_of(feedback)
            return redirect(f"{edit}#block-{block}-section" if block else edit)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        asked = self._asked()
        part = Paginator(self._found(asked), ON_ONE_PAGE).get_page(self.request.GET.get("p"))
        rows = [
            {"feedback": one, "settler": name_of(one.settled_by), "mending_url": mending_url(one)}
            for one in part
        ]
        return super().get_context_data(**kwargs) | {
            "part": part,
            "rows": rows,
            "asked": asked,
            "query": urlencode(asked),
            "states": STATES,
            "kinds": FeedbackKind.choices,
            "phones": PhoneKind.choices,
            "page_title_asked": part[0].page.title if asked.get("page") and len(part) else "",
            "just_settled": _ids(self.request.GET.get("settled", "").split("-")),
        }

    def post(self, request):
        ids, verb = _ids(request.POST.getlist("id")), request.POST.get("do")
        asked = self._asked()
        if verb == "reopen":
            messages.success(request, f"放回去了 {reopen(ids=ids)} 条。")
        elif not ids:
            messages.warning(request, "一条也没选。先在左边打勾，再按“标为处理好了”。")
        else:
            done = settle(ids=ids, by=request.user, at=timezone.now())
            asked |= {"settled": "-".join(map(str, done))} if done else {}
        return redirect(f"{reverse('feedback_desk:index')}?{urlencode(asked)}")

    def _asked(self) -> dict[str, str]:
        """Return the filters that make sense, as in the address."""
        allowed = {"state": STATES, "kind": FeedbackKind.values, "phone": PhoneKind.values}
        asked = {name: self.request.GET.get(name, "") for name in allowed}
        kept = {name: value for name, value in asked.items() if value in allowed[name]}
        page = self.request.GET.get("page", "")
        return kept | ({"page": page} if page.isascii() and page.isdigit() and len(page) < 10 else {})

    def _found(self, asked: dict[str, str]) -> QuerySet[StepFeedback]:
        found = StepFeedback.objects.select_related("page", "settled_by")
        names = {"kind": "kind", "phone": "phone", "page": "page_id"}
        found = found.filter(**{names[name]: value for name, value in asked.items() if name in names})
        state = asked.get("state", "all")
        if state != "all":
            found = found.filter(settled_at__isnull=state == "waiting")
        is_settled = ExpressionWrapper(Q(settled_at__isnull=False), output_field=BooleanField())
        return found.order_by(is_settled, "-left_at", "-pk")


def _ids(given) -> list[int]:
    return [int(one) for one in given[:ON_ONE_PAGE] if one.isascii() and one.isdigit() and len(one) < 18]
