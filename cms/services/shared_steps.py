"""What follows from a shared step being shown: no vanishing, and a fresh search index."""

from wagtail.models import Page
from wagtail.search import index as search_index

from cms.errors import SharedStepInUse
from cms.models import SharedStep
from cms.services.usage import pages_using


def refuse_if_in_use(shared_step: SharedStep) -> None:
    """Raise SharedStepInUse when a page, on line or in a draft, shows the shared step."""
    pages = pages_using(shared_step)
    if pages:
        raise SharedStepInUse(shared_step.title, [page.get_admin_display_title() for page in pages])


def refresh_search(shared_step: SharedStep) -> None:
    """Put the shared step's new words into the index of every page that shows it."""
    shown = [page.pk for page in pages_using(shared_step, drafts=False)]
    for page in Page.objects.filter(pk__in=shown).specific():
        search_index.insert_or_update_object(page)
