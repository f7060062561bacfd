"""Long lists are shown a page at a time: nobody has to scroll past forty cards."""

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

ON_A_PAGE = 12


def listed_part(things, request) -> ListPage:
    """Return the part of a list that ``?page=`` asks for; the first, or the last, when there is no such part."""
    return Paginator(things, ON_A_PAGE).get_page(request.GET.get("page"))
