"""What the pages below a book share."""

from django.http import HttpResponse

from handbook.models import Edition, HandbookPage


def about(book: HandbookPage) -> dict:
    """Return what every page below a book is given: the book itself, its name and its address."""
    return {"page": book, "handbook": book, "book_name": book.short_title, "book_url": book.url}


def about_kept(book: HandbookPage, edition: Edition) -> dict:
    """Return what a page of an old edition is given beside that."""
    return about(book) | {
        "edition": edition,
        "edition_url": f"{book.url}editions/{edition.number}/",
        "latest": Edition.objects.latest_of(book),
    }


def not_for_search_engines(response: HttpResponse) -> HttpResponse:
    """Keep an old edition out of search engines: who searches wants what holds today."""
    response["X-Robots-Tag"] = "noindex"
    return response
