"""The list of one kind of content page: lessons, chapters. Each app says what is special about its own."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import page_permission_policy

from cms.reports import SafeTableMixin
from cms.services.stored import state_of
from cms.viewsets.filters import ContentPageFilterSet, author_name
from cms.viewsets.finding import ChineseSearchMixin

EXPORTED = {
    "code": "编号",
    "title": "标题",
    "parent": "在哪里",
    "scenario": "主要场景",
    "state": "状态",
    "checked_on": "核对日期",
    "review_by": "下次核对",
    "author": "作者",
    "updated": "更新",
}


def day(value: datetime.date | None) -> str:
    """Return a day as it is written in lists; "" for none."""
    return value.isoformat() if value else ""


def checked_day(page) -> str:
    """Return the day of the page's last check."""
    return day(page.checked_on)


def owner_name(page) -> str:
    """Return who began the page."""
    return author_name(page.owner)


def review_day(page) -> str:
    """Return the day of the page's next check, and whether it has passed."""
    past = page.review_by and page.review_by < timezone.localdate()
    return f"{day(page.review_by)} 过期了" if past else day(page.review_by)


def columns_of(*, parent: str) -> list:
    """Return the columns; ``parent`` is what stands above such a page."""
    short, minor = "content-pages-short", "content-pages-minor"
    return [
        BulkActionsColumn("bulk_actions"),
        Column("code", label="编号", accessor=lambda page: page.code or "", sort_key="code", classname=short),
        PageTitleColumn("title", label="标题", sort_key="title", classname="title"),
        ParentPageColumn("parent", label=parent, classname=minor),
        Column("scenario", label="主要场景", accessor="get_main_scenario_display", sort_key="main_scenario"),
        PageStatusColumn("status", label="状态", sort_key="live"),
        Column(
            "checked_on",
            label="核对日期",
            accessor=checked_day,
            sort_key="checked_on",
            classname=f"{short} {minor}",
        ),
        Column(
            "review_by",
            label="下次核对",
            accessor=review_day,
            sort_key="review_by",
            classname=f"{short} content-pages-due",
        ),
        Column("owner", label="作者", accessor=owner_name, sort_key="owner__username", classname=minor),
        DateColumn(
            "latest_revision_created_at", label="更新", sort_key="latest_revision_created_at", classname=minor
        ),
    ]


class ContentPagesView(ChineseSearchMixin, SafeTableMixin, IndexView):
    """The list itself."""

    list_export = list(EXPORTED)
    table_classname = "listing full-width content-pages"

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages).prefetch_related("owner")

    def found_ids(self) -> list[int]:
        """Also by the title a draft is getting: the search index holds what is on line."""
        drafts = self.model.objects.filter(draft_title__icontains=self.search_query)
        return list(dict.fromkeys([*super().found_ids(), *drafts.values_list("pk", flat=True)]))

    def get_heading(self, queryset, field):
        return EXPORTED[field]

    def to_row_dict(self, item) -> dict[str, Any]:
        return {
            "code": item.code or "",
            "title": item.get_admin_display_title(),
            "parent": item._parent_page.title if getattr(item, "_parent_page", None) else "",
            "scenario": item.get_main_scenario_display(),
            "state": state_of(item),
            "checked_on": item.checked_on,
            "review_by": item.review_by,
            "author": author_name(item.owner),
            "updated": item.latest_revision_created_at,
        }


class ContentMenuItem(MenuItem):
    """For those who do something with pages; class staff, who do not, would only be sent away."""

    def is_shown(self, request):
        return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})


class ContentPagesViewSet(PageListingViewSet):
    """One kind of content page in the menu, with its list."""

    index_view_class = ContentPagesView
    filterset_class = ContentPageFilterSet
    add_to_admin_menu = True
    menu_item_class = ContentMenuItem
    list_per_page = 50
