"""The whole book on one page: to be printed, or searched with the browser."""

from django.template.response import TemplateResponse

from handbook.models import Edition, HandbookPage
from handbook.services.book import book_of, book_today
from handbook.views.shared import about, about_kept, not_for_search_engines


def whole(request, book: HandbookPage):
    """The book as it stands today."""
    context = about(book) | {"edition": Edition.objects.latest_of(book), "book": book_today(book)}
    return TemplateResponse(request, "handbook/whole.html", context)


def whole_edition(request, book: HandbookPage, number: int):
    """The book as it stood in an edition."""
    context = about_kept(book, number)
    context |= {"book": book_of(context["edition"]), "kept": True}
    return not_for_search_engines(TemplateResponse(request, "handbook/whole.html", context))
