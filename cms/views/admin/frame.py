"""Wagtail's frame around a page of ours that is no view of Wagtail's."""

from django.urls import reverse


def page_furniture(title: str, icon: str, above=()) -> dict:
    """Return what Wagtail's frame of a page wants to know."""
    crumbs = [("首页", reverse("wagtailadmin_home")), *above, (title, "")]
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"label": label, "url": url} for label, url in crumbs],
    }
