"""What the staff area shows of shared steps."""

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils.functional import cached_property
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, UsageView

from cms.models import SharedStep
from cms.services.usage import count_pages_using
from cms.viewsets.finding import ChineseSearchMixin
from cms.viewsets.shared_step_chooser import SharedStepChooserViewSet
from cms.viewsets.used_in import UsedInMixin, used_in

USED, UNUSED = "used", "unused"


class UsedInPanel(Panel):
    """“用在哪里” on the form of a shared step."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/used_in.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"rows": used_in(self.instance, self.request.user)}


class SharedStepUsageView(UsedInMixin, UsageView):
    """The pages that show a shared step, drafts too."""


class SharedStepFilterSet(WagtailFilterSet):
    """By whether readers can see it, and whether any page shows it."""

    live = ChoiceFilter(
        label="状态", choices=[("true", "在线"), ("false", "还没发布")], widget=RadioSelect, method="by_state"
    )
    use = ChoiceFilter(
        label="用没用上",
        choices=[(USED, "用上了"), (UNUSED, "还没用上")],
        widget=RadioSelect,
        method="by_use",
    )

    class Meta:
        model = SharedStep
        fields: list[str] = []

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(live=value == "true")

    def by_use(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        used = count_pages_using(SharedStep)
        return queryset.filter(pk__in=used) if value == USED else queryset.exclude(pk__in=used)


class SharedStepIndexView(ChineseSearchMixin, IndexView):
    """The list: each step with the number of pages it is on."""

    def get_table(self, object_list):
        used = self.uses
        for step in object_list:
            step.used_on = used.get(step.pk, 0)
        return super().get_table(object_list)

    @cached_property
    def uses(self) -> dict[int, int]:
        """The number of pages each step is on, drafts too."""
        return count_pages_using(SharedStep)


class SharedStepViewSet(SnippetViewSet):
    """共用步骤 in the staff area."""

    model = SharedStep
    icon = "copy"
    menu_label = "共用步骤"
    menu_order = 40
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("key", label="代号", sort_key="key", classname="wide-only"),
        Column("used_on", label="用在几页", accessor="used_on"),
        Column(
            "live", label="状态", accessor=lambda step: "在线" if step.live else "还没发布", sort_key="live"
        ),
    ]
    filterset_class = SharedStepFilterSet
    panels = [*SharedStep.panels, UsedInPanel(heading="用在哪里")]
    index_view_class = SharedStepIndexView
    usage_view_class = SharedStepUsageView
    chooser_viewset_class = SharedStepChooserViewSet
    chooser_per_page = 50
