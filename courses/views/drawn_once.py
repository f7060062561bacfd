"""Pages for hundreds who are told the same within a minute: drawn once in some seconds, and filled in for each.

The page cache keeps answers to GET; these are answers to a form that was sent.
"""

import hashlib
from collections.abc import Callable, Iterable

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from cms.services.display import Display

SECONDS = 15
# Where what each of them typed goes in; no text of a page looks like it, for its brackets would be escaped.
TYPED_HERE = mark_safe("<!-- typed -->")


def drawn_once(
    request,
    draw: Callable[[], HttpResponse],
    *,
    by: Iterable[object],
    typed: Iterable[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with what ``draw`` gives, or gave some seconds ago.

    ``by`` is all that the page says, apart from what one may read some seconds late, and from how the reader wants to
    see it. ``typed`` stands at `TYPED_HERE` as hidden fields and is never kept.
    """
    said = (request.scheme, request.get_host(), Display.of(request), *by)
    key = f"drawn:{hashlib.sha256(repr(said).encode()).hexdigest()}"
    page = cache.get(key)
    if page is None:
        page = draw().content.decode()
        cache.set(key, page, SECONDS)
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', typed)
    return HttpResponse(page.replace(TYPED_HERE, fields), status=status)
