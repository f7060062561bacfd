"""What the staff area shows of our snippets."""

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet, UsageView

from cms.models import SharedStep
from cms.services.shared_steps import pages_showing


def used_in(step: SharedStep, user) -> list[dict]:
    """Return a row for every page that shows the step, drafts too; a link only where ``user`` may edit."""
    addresses = AdminURLFinder(user)
    return [_row(page, addresses) for page in pages_showing(step)]


def _row(page: Page, addresses: AdminURLFinder) -> dict:
    return {
        "label": page.get_admin_display_title(),
        "url": addresses.get_edit_url(page),
        "kind": page.specific_class._meta.verbose_name,
        "state": _state(page),
    }


def _state(page: Page) -> str:
    if not page.live:
        return "草稿"
    return "在线，有草稿" if page.has_unpublished_changes else "在线"


class UsedInPanel(Panel):
    """“用在哪里” on the form of a shared step."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/used_in.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"rows": used_in(self.instance, self.request.user)}


class SharedStepUsageView(UsageView):
    """Wagtail's own list leaves out what stands only in a draft, and drafts hold a shared step too."""

    columns = [
        TitleColumn("label", label="页面", accessor="label", get_url=lambda row: row["url"]),
        Column("kind", label="种类", accessor="kind"),
        Column("state", label="状态", accessor="state"),
    ]

    def get_queryset(self):
        return used_in(self.object, self.request.user)

    def get_table(self, object_list, **kwargs):
        # The rows are ready; Wagtail's usage view would look for its references in them.
        return BaseListingView.get_table(self, object_list, **kwargs)


class SharedStepViewSet(SnippetViewSet):
    """共用步骤 in the staff area."""

    model = SharedStep
    icon = "copy"
    menu_label = "共用步骤"
    menu_order = 150
    add_to_admin_menu = True
    list_display = ["title", "key", "live"]
    list_filter = ["live"]
    panels = [*SharedStep.panels, UsedInPanel(heading="用在哪里")]
    usage_view_class = SharedStepUsageView
