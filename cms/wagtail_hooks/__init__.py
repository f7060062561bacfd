"""What the ground floor adds to Wagtail's staff area and to its own hooks, a file for each concern.

Wagtail imports this package; each file registers its hooks on being imported.
"""

from cms.wagtail_hooks import editor, looks, readers, shared_steps, uploads

__all__ = ["editor", "looks", "readers", "shared_steps", "uploads"]
