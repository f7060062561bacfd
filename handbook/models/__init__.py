"""The two books, their chapters and their editions."""

from handbook.models.chapter import ChapterPage
from handbook.models.edition import Acknowledgement, Edition, EditionChapter
from handbook.models.handbook import HandbookPage

__all__ = ["Acknowledgement", "ChapterPage", "Edition", "EditionChapter", "HandbookPage"]
