"""What every screen of the desk begins with: who is there, under which identity, and may they."""

from typing import Any, cast

from django.conf import settings
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


def an_id(words: str) -> int:
    """Return the id that stands in an address or a form; 0, which nothing has, for what is none."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < len(str(LARGEST_ID)) else 0


def who_words(user: User | None) -> str:
    """Return who did something, as colleagues call them; what nobody did, the system did."""
    return user.called if user else "系统"


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
            place = acting.organisation_id if acting else 0
            detail = request.resolver_match.view_name
            record(AuditVerb.REFUSED, by=request.user, organisation_id=place, detail=detail)
            raise PermissionDenied
        self.acting = acting
        name = request.method.lower()
        # What nobody can ask at all is refused as such, whatever it is about.
        if name in self.http_method_names and hasattr(self, name):
            self.look_up()
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def look_up(self) -> None:
        """Fetch what this screen is about, after the rights and before anything else: ``self.visible(…)``."""

    @property
    def by(self) -> User:
        """Who is there, for the services; nobody who is not logged in comes this far."""
        return cast("User", self.request.user)

    def may(self, right: Right) -> bool:
        """True when the identity acted under has the right."""
        return self.acting.allows(right)

    def visible(self, things: Any, pk: int) -> Any:
        """Return the one with this id out of a model's or QuerySet's visible ones; Http404 when there is none."""
        rows = things.objects if hasattr(things, "objects") else things
        return self.found(rows.visible_to(self.by), pk)

    def found(self, rows: Any, pk: int) -> Any:
        """Return the one with this id out of these rows; Http404 when there is none."""
        one = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
        if one is None:
            raise Http404
        return one

    def get_breadcrumbs_items(self):
        """Only what is above: where one is stands in the heading below, whole on a phone too."""
        steps = [("首页", reverse("wagtailadmin_home")), (DESK, reverse("desk:index")), *self.get_above()]
        return [{"label": label, "url": url} for label, url in steps]

    def get_above(self) -> list[tuple[str, str]]:
        """Return the steps of the path between the desk and this screen."""
        return self.above

    def get_context_data(self, **kwargs):
        # Wagtail would say the heading once more, for screen readers only: the desk's own is seen by everybody.
        return super().get_context_data(**kwargs) | {
            "acting": self.acting,
            "has_demo_data": settings.DEMO_LOGINS,
            "header_title": "",
        }


class DeskPage(DeskMixin, TemplateView):
    """A screen that is only looked at."""


class DeskAction(DeskMixin, View):
    """Something one button does. POST only."""

    http_method_names = ["post"]
