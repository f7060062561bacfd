"""我读过了: a page of its own, never cached, because it knows who is reading."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from cms.enums import HandbookKind
from handbook.models import Acknowledgement, Edition, HandbookPage
from handbook.services.receipts import acknowledge
from handbook.views.shared import about


def receipt(request, book: HandbookPage):
    """Show whether the reader has said so for the newest edition, and take it down when they do."""
    if book.kind != HandbookKind.VOLUNTEERS:
        raise Http404
    edition = Edition.objects.latest_of(book)
    read = request.POST.get("edition") if request.user.is_authenticated else None
    if edition and read == str(edition.number):
        acknowledge(edition=edition, user=request.user)
        return _uncached(redirect(request.path))
    # Somebody may press the button on a page that was opened before this edition came.
    context = _context(request, book, edition) | {"too_late": bool(read)}
    return _uncached(TemplateResponse(request, "handbook/receipt.html", context))


def _uncached(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response


def _context(request, book: HandbookPage, edition: Edition | None) -> dict:
    receipts = _receipts(request.user, book)
    return about(book) | {
        "edition": edition,
        "news": list(edition.chapters.without_content().in_order()) if edition else [],
        "receipt": next((each for each in receipts if each.edition == edition), None),
        "earlier": [each for each in receipts if each.edition != edition],
    }


def _receipts(user, book: HandbookPage) -> list[Acknowledgement]:
    if not user.is_authenticated:
        return []
    found = Acknowledgement.objects.filter(user=user, edition__handbook=book).select_related("edition")
    return list(found.order_by("-edition__number"))
