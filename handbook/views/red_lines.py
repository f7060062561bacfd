"""The red lines of the service handbook on a sheet of their own."""

from django.http import Http404
from django.template.response import TemplateResponse

from cms.enums import HandbookKind
from handbook.models import ChapterPage, Edition, HandbookPage
from handbook.services.assembly import red_lines as red_lines_in
from handbook.views.shared import about


def red_lines(request, book: HandbookPage):
    """Every rule that is a red line, in the order and under the numbers of the book. Raises Http404 elsewhere."""
    if book.kind != HandbookKind.VOLUNTEERS:
        raise Http404
    context = about(book) | {
        "chapters": red_lines_in(list(ChapterPage.objects.of(book).live())),
        "edition": Edition.objects.latest_of(book),
    }
    return TemplateResponse(request, "handbook/red_lines.html", context)
