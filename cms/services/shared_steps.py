"""Where a shared step is shown, and what follows from it: no vanishing, and a fresh search index."""

from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search import index as search_index

from cms.errors import SharedStepInUse
from cms.models import SharedStep


def pages_showing(shared_step: SharedStep, *, drafts: bool = True) -> list[Page]:
    """Return the pages that show the shared step, by title; with ``drafts``, also those that will.

    Wagtail's reference index knows what is saved on the pages themselves, which is what readers see. A draft's
    words are only in its latest revision, and a scheduled publication's in its own.
    """
    # The row of a page that is not on line is only where its first draft began.
    shown = Page.objects.filter(pk__in=_referring_page_ids(shared_step)).filter(
        Q(live=True) | Q(latest_revision=None)
    )
    ids = set(shown.values_list("pk", flat=True))
    if drafts:
        ids |= {page_id for page_id, content in _pending() if _refers(content, shared_step)}
    return list(Page.objects.filter(pk__in=ids).order_by("title"))


def refuse_if_in_use(shared_step: SharedStep) -> None:
    """Raise SharedStepInUse when a page, on line or in a draft, shows the shared step."""
    pages = pages_showing(shared_step)
    if pages:
        raise SharedStepInUse(shared_step.title, [page.get_admin_display_title() for page in pages])


def refresh_search(shared_step: SharedStep) -> None:
    """Put the shared step's new words into the index of every page that shows it."""
    shown = [page.pk for page in pages_showing(shared_step, drafts=False)]
    for page in Page.objects.filter(pk__in=shown).specific():
        search_index.insert_or_update_object(page)


def _referring_page_ids(shared_step: SharedStep) -> list[int]:
    references = ReferenceIndex.get_references_to(shared_step).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    return [int(pk) for pk in references.values_list("object_id", flat=True)]


def _pending():
    """Yield (page id, page as it would become) for drafts and scheduled publications."""
    unread = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False))
    drafts = Q(pk__in=unread.values("latest_revision"))
    revisions = Revision.page_revisions.filter(drafts | Q(approved_go_live_at__isnull=False))
    for revision in revisions.iterator():
        yield int(revision.object_id), revision.as_object()


def _refers(page: Page, shared_step: SharedStep) -> bool:
    wanted = str(shared_step.pk)
    content_type = ReferenceIndex._get_base_content_type(SharedStep)
    return any(
        reference[0] == content_type.pk and str(reference[1]) == wanted
        for reference in ReferenceIndex._extract_references_from_object(page)
    )
