"""Editions: the book as it stands is given out under a number, frozen."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.models import ChangeNote
from handbook.errors import EditionRefused
from handbook.models import ChapterPage, Edition, EditionChapter, HandbookPage
from handbook.services.writing_out import read_back, written_out

NEW, CHANGED, SAME = "new", "changed", "same"
LONGEST_NOTE = 120


@dataclass(frozen=True)
class ComingChapter:
    """A chapter as it would enter the next edition; ``note`` is the suggestion for what changed in it."""

    page: ChapterPage
    content: dict[str, Any]
    state: str
    note: str

    @property
    def has_draft(self) -> bool:
        """True when somebody has written on, and what was written is not on line: it stays outside."""
        return self.page.has_unpublished_changes


@dataclass(frozen=True)
class ComingEdition:
    """What the next edition of a book would hold, beside what the last one held."""

    handbook: HandbookPage
    last: Edition | None
    chapters: list[ComingChapter]
    gone: list[EditionChapter] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number that comes next."""
        return self.last.number + 1 if self.last else 1

    @property
    def is_unchanged(self) -> bool:
        """True when it would be the last one once more."""
        return not self.gone and all(chapter.state == SAME for chapter in self.chapters)

    @property
    def fingerprint(self) -> str:
        """Tells whether somebody has published a chapter since the list was looked at."""
        shown = [(chapter.page.pk, *_identity(chapter.page), chapter.content) for chapter in self.chapters]
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()

    def refusal(self) -> str | None:
        """Return why the book cannot be given out as it stands, or None."""
        if not self.chapters:
            return "这本书还没有在线的章。先发布一章，再来发新版。"
        for chapter in self.chapters:
            if not chapter.content["body"]:
                return f"第 {chapter.page.number} 章“{chapter.page.title}”是空的。写好，发布，再来发新版。"
        numbers = [chapter.page.number for chapter in self.chapters]
        doubled = next((number for number in numbers if numbers.count(number) > 1), None)
        return None if doubled is None else f"有两个第 {doubled} 章。改好章号，再来发新版。"


def coming_edition(handbook: HandbookPage) -> ComingEdition:
    """Return what would be published now."""
    last = Edition.objects.latest_of(handbook)
    kept = list(last.chapters.in_order()) if last else []
    pages = list(ChapterPage.objects.of(handbook).live())
    before = {chapter.chapter_id: chapter for chapter in kept}
    notes = _notes_since(last, pages)
    chapters = [
        _coming(page, content, before.get(page.pk), notes.get(page.pk, []))
        for page, content in zip(pages, written_out(pages), strict=True)
    ]
    if last is None:
        # In the first edition everything is new: nobody need be told.
        chapters = [replace(chapter, note="") for chapter in chapters]
    here = {page.pk for page in pages}
    return ComingEdition(handbook, last, chapters, [old for old in kept if old.chapter_id not in here])


def publish_edition(
    *,
    handbook: HandbookPage,
    note: str,
    chapter_notes: Mapping[int, str],
    by: Any,
    number: int | None = None,
    published_on: datetime.date | None = None,
    although_unchanged: bool = False,
    seen: str | None = None,
) -> Edition:
    """Freeze every chapter that is on line under the next number; return the edition.

    ``chapter_notes`` go by the chapters' ids; ``seen`` is the fingerprint of what was looked at before.
    Raises EditionRefused, also when somebody else has just published.
    """
    try:
        with transaction.atomic():
            coming = coming_edition(handbook)
            edition = Edition(
                handbook=handbook,
                number=number or coming.number,
                published_on=published_on or timezone.localdate(),
                note=note,
                published_by=by,
            )
            _refuse(coming, edition, although_unchanged=although_unchanged, seen=seen)
            edition.save()
            EditionChapter.objects.bulk_create(
                _frozen(edition, chapter, chapter_notes) for chapter in coming.chapters
            )
    except IntegrityError:
        raise EditionRefused(_taken(edition.number)) from None
    return edition


def as_it_stood(kept: EditionChapter) -> ChapterPage:
    """Return the chapter of an edition as a page that reading and printing take like any other."""
    content = getattr(kept, "its_content", None) or kept.content
    return read_back(content, number=kept.number, title=kept.title, slug=kept.slug, code=kept.code)


def _refuse(coming: ComingEdition, edition: Edition, *, although_unchanged: bool, seen: str | None) -> None:
    if coming.last and edition.number <= coming.last.number:
        raise EditionRefused(_taken(coming.last.number))
    if coming.last and edition.published_on < coming.last.published_on:
        raise EditionRefused("日期比上一版还早。改成今天，再发一次。")
    if refusal := coming.refusal():
        raise EditionRefused(refusal)
    if seen is not None and seen != coming.fingerprint:
        raise EditionRefused("您看的时候，有一章又改过了。下面是新的样子，再看一遍，再发。")
    if coming.last and coming.is_unchanged and not although_unchanged:
        raise EditionRefused("和上一版一模一样。真要再发一版，就在下面打勾。")


def _taken(number: int) -> str:
    return f"第 {number} 版已经有了，可能别人刚刚发布。看看版次单子，再决定要不要再发。"


def _frozen(edition: Edition, chapter: ComingChapter, notes: Mapping[int, str]) -> EditionChapter:
    return EditionChapter(
        edition=edition,
        chapter=chapter.page,
        code=chapter.page.code,
        slug=chapter.page.slug,
        number=chapter.page.number,
        title=chapter.page.title,
        change_note=notes.get(chapter.page.pk, chapter.note),
        content=chapter.content,
    )


def _coming(page: ChapterPage, content: dict, old: EditionChapter | None, notes: list[str]) -> ComingChapter:
    if old is None:
        return ComingChapter(page, content, NEW, "新的一章。")
    same = _identity(old) == _identity(page) and _bare(old.content) == _bare(content)
    if same:
        return ComingChapter(page, content, SAME, "")
    fresh = [note for note in notes if note not in old.change_note]
    return ComingChapter(page, content, CHANGED, "".join(fresh)[:LONGEST_NOTE] or page.change_note)


def _notes_since(last: Edition | None, pages: list[ChapterPage]) -> dict[int, list[str]]:
    """Return, by chapter, what its editors wrote about their changes since the last edition, oldest first."""
    found: dict[int, list[str]] = {}
    if last:
        since = ChangeNote.objects.filter(page__in=pages, published_at__date__gte=last.published_on)
        for page, text in since.order_by("published_at", "pk").values_list("page_id", "text"):
            found.setdefault(page, []).append(text)
    return found


def _identity(chapter: ChapterPage | EditionChapter) -> tuple[int, str, str, str]:
    return chapter.number, chapter.title, chapter.slug, chapter.code


def _bare(value: Any) -> Any:
    """Return stored content without the numbers Wagtail gives to blocks: they say nothing."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if name != "id"}
    return [_bare(part) for part in value] if isinstance(value, list) else value
