"""Where things lie in the staff area."""

from django.urls import reverse
from wagtail.models import Page


def edit_address(content) -> str:
    """Return where a page or shared step is edited."""
    if isinstance(content, Page):
        return reverse("wagtailadmin_pages:edit", args=[content.pk])
    return reverse(content.snippet_viewset.get_url_name("edit"), args=[content.pk])
