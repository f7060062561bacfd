"""One page at a time is checked as a draft.

Wagtail marks blocks as "draft" while it checks one, and the blocks of a field are the same objects for all
requests. Without this, a page published in that moment would be checked as leniently as the draft.
"""

import threading

_one = threading.RLock()


class OneAtATime:
    """Mixin for the outermost block of a field; stands before Wagtail's own class."""

    def clean(self, value):
        with _one:
            return super().clean(value)

    def clean_deferred(self, value):
        with _one:
            return super().clean_deferred(value)
