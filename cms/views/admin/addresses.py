"""Where things lie in the staff area."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page


def edit_address(content) -> str:
    """Return where a page or shared step is edited."""
    return edit_address_of(type(content), content.pk)


def edit_address_of(model: Any, pk) -> str:
    """Return where the page or shared step with this number is edited, without fetching it."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])
