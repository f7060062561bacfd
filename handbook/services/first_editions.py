"""The first edition of each book of a demo site, dated by the day it is made."""

from handbook.errors import EditionRefused
from handbook.models import Edition, HandbookPage
from handbook.services.editions import publish_edition


def publish_first_editions() -> str | None:
    """Publish the first edition of every book that has chapters and no edition yet; say which, or None."""
    made = [edition for book in HandbookPage.objects.order_by("path") if (edition := _first(book))]
    return f"定下：{'、'.join(map(str, made))}" if made else None


def _first(book: HandbookPage) -> Edition | None:
    if Edition.objects.latest_of(book):
        return None
    try:
        return publish_edition(handbook=book, note="第一次定下来的一版。", chapter_notes={}, by=None)
    except EditionRefused:
        # Without content there is nothing to give out.
        return None
