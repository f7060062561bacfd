"""Editions to be read: which there are, what each held, a chapter as it stood."""

from django.http import Http404
from django.template.response import TemplateResponse

from handbook.models import Edition, HandbookPage
from handbook.services.editions import as_it_stood
from handbook.views.shared import about, about_kept, not_for_search_engines


def editions(request, book: HandbookPage):
    """All editions of the book, the newest first."""
    context = about(book) | {"editions": list(Edition.objects.of(book))}
    return TemplateResponse(request, "handbook/editions.html", context)


def edition(request, book: HandbookPage, number: int):
    """What an edition held, and what was new in it."""
    context = about_kept(book, number)
    context["chapters"] = list(context["edition"].chapters.without_content().in_order())
    return not_for_search_engines(TemplateResponse(request, "handbook/edition.html", context))


def edition_chapter(request, book: HandbookPage, number: int, slug: str):
    """A chapter as it stood in an edition, between its neighbours of then."""
    context = about_kept(book, number)
    chapters = list(context["edition"].chapters.with_content_of(slug).select_related("chapter").in_order())
    here = next((place for place, chapter in enumerate(chapters) if chapter.slug == slug), None)
    if here is None:
        raise Http404
    context |= {
        "page": as_it_stood(chapters[here]),
        "today": chapters[here].chapter,
        "previous": chapters[here - 1] if here else None,
        "next": chapters[here + 1] if here + 1 < len(chapters) else None,
    }
    return not_for_search_engines(TemplateResponse(request, "handbook/edition_chapter.html", context))
