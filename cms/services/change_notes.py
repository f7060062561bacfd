"""What an editor wrote about a change: kept when the page goes on line, for its readers to see.

On a page stands the note for its next publication. Once published, it is a ChangeNote and the page's is
empty again; what a newer draft says stays in the draft.
"""

from datetime import datetime

from wagtail.models import Page, Revision

from cms.models import ChangeNote, NotedPage

MOST_SHOWN = 50


def keep_note(*, page: Page, revision: Revision, at: datetime) -> ChangeNote | None:
    """Keep the note of a page that went on line at ``at`` with ``revision``; None when it says nothing new."""
    text = page.change_note.strip()
    kept = None
    if text and text != _last_text(page):
        kept = ChangeNote.objects.create(page_id=page.pk, text=text, published_at=at)
    _begin_anew(page, revision)
    return kept


def notes_of(page: Page) -> list[ChangeNote]:
    """Return what readers are told about changes of the page, the newest first. One query."""
    if not page.pk or not isinstance(page, NotedPage):
        return []
    return list(ChangeNote.objects.of(page)[:MOST_SHOWN])


def _last_text(page: Page) -> str | None:
    return ChangeNote.objects.of(page).values_list("text", flat=True).first()


def _begin_anew(page: Page, revision: Revision) -> None:
    """Empty the note where the editor would find it again: in the page and in the revision that was published."""
    if not page.change_note:
        return
    page.change_note = ""
    type(page).objects.filter(pk=page.pk).update(change_note="")
    revision.content["change_note"] = ""
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
