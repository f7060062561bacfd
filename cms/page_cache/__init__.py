"""Pages are drawn once and given to everyone who asks the same, until anything readers can see changes.

A WSGI layer stands in front of Django (``front``). It keeps what a view marked with ``keep`` and gives it out
again as long as the content version is the one that was read before the page was drawn (``versions``). Every
write to a table that readers can see the contents of renews the version, just after its commit (``watching``).

The whole of it, with the reasons: docs/decisions/0020-page-cache.md.
"""

from cms.page_cache.front import in_front_of
from cms.page_cache.keeping import is_kept, keep, kept
from cms.page_cache.watching import unseen, watch

__all__ = ["in_front_of", "is_kept", "keep", "kept", "unseen", "watch"]
