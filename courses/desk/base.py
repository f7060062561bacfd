"""What every screen of the desk begins with: who is there, under which identity, and may they."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.models import Membership, acting_membership

DESK = "班级"
# The largest number either database takes for an id.
LARGEST_ID = 2**63 - 1


class DeskMixin(WagtailAdminTemplateMixin):
    """Lets in who acts under an identity whose duty has ``right``; to change something, ``right_to_change``.

    ``above`` are the steps of the path between the desk and this screen: (label, address). Personal pages are
    never kept by a browser.
    """

    right: Right | None = None
    right_to_change: Right | None = None
    above: list[tuple[str, str]] = []
    header_icon = "group"
    # Set by dispatch.
    acting: Membership

    def dispatch(self, request, *args, **kwargs):
        acting = request.user.acting = acting_membership(request.user)
        needed = self.right_to_change if request.method == "POST" and self.right_to_change else self.right
        if acting is None or (needed and not acting.allows(needed)):
            record(AuditVerb.REFUSED, by=request.user, detail=request.resolver_match.view_name)
            raise PermissionDenied
        self.acting = acting
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    @property
    def user(self) -> User:
        """Who is there; nobody gets this far without having logged in."""
        return cast("User", self.request.user)

    def may(self, right: Right) -> bool:
        """True when the identity acted under has the right."""
        return self.acting.allows(right)

    def visible(self, things: Any, pk: int) -> Any:
        """Return the one with this id out of a model's or QuerySet's visible ones; Http404 when there is none."""
        rows = things.objects if hasattr(things, "objects") else things
        found = rows.visible_to(self.request.user).filter(pk=pk).first() if pk <= LARGEST_ID else None
        if found is None:
            raise Http404
        return found

    def get_breadcrumbs_items(self):
        steps = [("首页", reverse("wagtailadmin_home")), (DESK, reverse("desk:index")), *self.get_above()]
        return [{"label": label, "url": url} for label, url in [*steps, (self.get_page_title(), "")]]

    def get_above(self) -> list[tuple[str, str]]:
        """Return the steps of the path between the desk and this screen."""
        return self.above

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"acting": self.acting}


class DeskPage(DeskMixin, TemplateView):
    """A screen that is only looked at."""


class DeskAction(DeskMixin, View):
    """Something one button does. POST only."""

    http_method_names = ["post"]
