"""A whole book at once: as it stands today, or as it stood in an edition."""

from dataclasses import dataclass
from datetime import datetime

from handbook.models import ChapterPage, Edition, HandbookPage
from handbook.services.assembly import BookChapter, book_chapters
from handbook.services.editions import as_it_stood
from handbook.services.writing_out import read_back, without_sound, written_out


@dataclass(frozen=True)
class Book:
    """All chapters in order, and the day of the last change among them."""

    chapters: list[BookChapter]
    updated: datetime | None = None


def book_today(handbook: HandbookPage) -> Book:
    """Return the book as readers find it on line now."""
    pages = list(ChapterPage.objects.of(handbook).live())
    contents = written_out(pages)
    chapters = [
        read_back(
            without_sound(content), number=page.number, title=page.title, slug=page.slug, code=page.code
        )
        for page, content in zip(pages, contents, strict=True)
    ]
    days = [page.last_published_at for page in pages if page.last_published_at]
    return Book(book_chapters(chapters), max(days, default=None))


def book_of(edition: Edition) -> Book:
    """Return the book as it stood in an edition."""
    kept = list(edition.chapters.in_order())
    for chapter in kept:
        chapter.content = without_sound(chapter.content)
    return Book(book_chapters([as_it_stood(chapter) for chapter in kept]))
