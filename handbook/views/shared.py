"""What the pages below a book share."""

from django.http import Http404, HttpResponse

from handbook.models import Edition, HandbookPage


def about(book: HandbookPage) -> dict:
    """Return what every page below a book is given: the book itself, its name and its address."""
    return {"page": book, "handbook": book, "book_name": book.short_title, "book_url": book.url}


def about_kept(book: HandbookPage, number: int) -> dict:
    """Return what a page of an old edition is given beside that. Raises Http404 for one that never was."""
    editions = list(Edition.objects.of(book))
    edition = next((each for each in editions if each.number == number), None)
    if edition is None:
        raise Http404
    url = f"{book.url}editions/{number}/"
    return about(book) | {"edition": edition, "edition_url": url, "latest": editions[0]}


def not_for_search_engines(response: HttpResponse) -> HttpResponse:
    """Keep an old edition out of search engines: who searches wants what holds today."""
    response["X-Robots-Tag"] = "noindex"
    return response
