"""“用在哪里”: what uses a shared step, a picture or a file, drafts too."""

from typing import Any

from django.db.models import Model
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.services.stored import state_of
from cms.services.usage import title_of, users_of


def used_in(thing: Model, user) -> list[dict]:
    """Return a row for every page and shared step that uses ``thing``; a link only where ``user`` may edit."""
    addresses = AdminURLFinder(user)
    return [_row(found, addresses) for found in users_of(thing)]


def _row(found, addresses: AdminURLFinder) -> dict:
    return {
        "label": title_of(found),
        "url": addresses.get_edit_url(found),
        "kind": getattr(found, "specific_class", type(found))._meta.verbose_name,
        "state": state_of(found),
    }


class UsedInMixin:
    """Wagtail's own list of uses leaves out what stands only in a draft; this one does not."""

    # What the view it is mixed into has.
    object: Any
    request: Any

    columns = [
        TitleColumn("label", label="名字", accessor="label", get_url=lambda row: row["url"]),
        Column("kind", label="种类", accessor="kind"),
        Column("state", label="状态", accessor="state"),
    ]

    def get_queryset(self):
        return used_in(self.object, self.request.user)

    def get_table(self, object_list, **kwargs):
        # The rows are ready; Wagtail's usage view would look for its references in them.
        return BaseListingView.get_table(self, object_list, **kwargs)
