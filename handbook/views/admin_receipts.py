"""阅读回执 in the staff area: who has read which edition."""

import logging

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from cms.enums import HandbookKind
from cms.reports import SafeTableMixin
from cms.services.reviewing import name_of
from handbook.models import Acknowledgement, Edition
from handbook.views.admin_editions import may_publish_editions

logger = logging.getLogger("handbook.receipts")


def readers_name(receipt: Acknowledgement) -> str:
    """Return what colleagues call the reader."""
    return name_of(receipt.user)


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


class ReceiptsView(SafeTableMixin, ReportView):
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

    def as_spreadsheet(self, queryset, spreadsheet_format):
        # Names leave the house: who took them stays known, by number.
        logger.info("receipts exported", extra={"by": self.request.user.pk, "count": queryset.count()})
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def get_queryset(self):
        found = Acknowledgement.objects.select_related("user", "edition__handbook")
        return found.order_by("-read_at", "-pk")

    def to_row_dict(self, item):
        return {
            "reader": readers_name(item),
            "login": item.user.get_username(),
            "edition": str(item.edition),
            "day": day_of(item),
        }
