"""What the ground floor adds to Wagtail's staff area and to its own hooks, a file for each concern.

Wagtail imports this package; each file registers its hooks on being imported.
"""

from cms.wagtail_hooks import (
    checks,
    comments,
    editor,
    feedback,
    listings,
    log_in,
    looks,
    menu,
    packages,
    readers,
    replacing,
    review,
    shared_steps,
    today,
    untranslatable,
    uploads,
)

__all__ = [
    "checks",
    "comments",
    "editor",
    "feedback",
    "listings",
    "log_in",
    "looks",
    "menu",
    "packages",
    "readers",
    "replacing",
    "review",
    "shared_steps",
    "today",
    "untranslatable",
    "uploads",
]
