"""阅读回执 in the staff area: who has read which edition."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from cms.enums import HandbookKind
from handbook.models import Acknowledgement, Edition
from handbook.views.admin_editions import may_publish_editions

# What a spreadsheet would calculate instead of showing.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value) -> str:
    """Return words that a spreadsheet shows as they are: a name may begin with an equals sign."""
    words = str(value)
    return f"'{words}" if words.startswith(FORMULA) else words


def readers_name(receipt: Acknowledgement) -> str:
    """Return the reader's name, or the log-in where there is none."""
    return receipt.user.get_full_name() or receipt.user.get_username()


def day_of(receipt: Acknowledgement) -> str:
    """Return the day of the receipt, as people here count days."""
    return f"{timezone.localtime(receipt.read_at):%Y-%m-%d}"


class ReceiptFilterSet(WagtailFilterSet):
    edition = django_filters.ModelChoiceFilter(
        label="哪一版",
        queryset=Edition.objects.filter(handbook__kind=HandbookKind.VOLUNTEERS).order_by("-number"),
    )

    class Meta:
        model = Acknowledgement
        fields = ["edition"]


class ReceiptsView(ReportView):
    """Every receipt, the newest first; by edition, and as a file."""

    page_title = "阅读回执"
    header_icon = "tick"
    index_url_name = "editions:receipts"
    index_results_url_name = "editions:receipts_results"
    filterset_class = ReceiptFilterSet
    columns = [
        Column("reader", label="谁", accessor=readers_name),
        Column("edition", label="哪一版", accessor="edition"),
        Column("read_at", label="什么时候", accessor=day_of),
    ]
    list_export = ["reader", "login", "edition", "day"]
    export_headings = {"reader": "谁", "login": "账号", "edition": "哪一版", "day": "什么时候"}
    export_filename = "yuedu-huizhi"

    def dispatch(self, request, *args, **kwargs):
        if not may_publish_editions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        found = Acknowledgement.objects.select_related("user", "edition__handbook")
        return found.order_by("-read_at", "-pk")

    def to_row_dict(self, item):
        values = {
            "reader": readers_name(item),
            "login": item.user.get_username(),
            "edition": str(item.edition),
            "day": day_of(item),
        }
        return {name: plain_cell(value) for name, value in values.items()}
