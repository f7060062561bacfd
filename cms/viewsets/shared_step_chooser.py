"""The window in which a lesson or a chapter takes a shared step."""

from django.db.models import Case, IntegerField, QuerySet, Value, When
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from cms.models import SharedStep
from cms.services.usage import count_pages_using


class _TellsSteps:
    """All steps in one list, those most lessons use first, each with the words a reader sees."""

    # What the window it is mixed into has.
    title_column: Column

    @property
    def columns(self):
        # Wagtail's own column of states asks the database about each row.
        return [
            self.title_column,
            Column("do", label="做什么", accessor=_words),
            Column("live", label="状态", accessor=lambda step: "在线" if step.live else "还没发布"),
        ]

    def apply_object_list_ordering(self, objects: QuerySet) -> QuerySet:
        uses = [When(pk=pk, then=Value(-count)) for pk, count in count_pages_using(SharedStep).items()]
        most_used = Case(*uses, default=0, output_field=IntegerField()) if uses else "title"
        return objects.order_by(most_used, "title")


class ChooseSharedStepView(_TellsSteps, ChooseView):
    """The window as it opens."""


class ChooseSharedStepResultsView(_TellsSteps, ChooseResultsView):
    """Its list, after words were typed into the search."""


class SharedStepChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseSharedStepView
    choose_results_view_class = ChooseSharedStepResultsView


def _words(shared: SharedStep) -> str:
    # As stored: what a whole step chose would be fetched for each row.
    return next((block["value"].get("do", "") for block in shared.body.raw_data), "")
