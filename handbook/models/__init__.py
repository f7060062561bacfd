"""The two books and their chapters."""

from handbook.models.chapter import ChapterPage
from handbook.models.handbook import HandbookPage

__all__ = ["ChapterPage", "HandbookPage"]
