"""What lists know of a page that is not on line: what its newest draft says.

Its row in the database is only where the first draft began, and no reader sees it. Lists filter and order by the
row, so it follows the draft.
"""

from wagtail.models import Page, Revision

from cms.models import CheckedContent
from cms.page_cache import unseen

FOLLOWED = ("main_scenario", "archived_on", *CheckedContent.checked_fields)


def follow_draft(revision: Revision) -> None:
    """Let the row of a page that is not on line carry what lists show of its newest draft."""
    kind = revision.content_type.model_class()
    if not issubclass(kind, Page) or not revision.is_latest_revision():
        return
    fields = [field for field in kind._meta.concrete_fields if field.name in FOLLOWED]
    said = {field.name: field.to_python(revision.content.get(field.name)) for field in fields}
    if said:
        # Not saved, as nothing follows from it: readers do not see the page.
        with unseen():
            kind.objects.filter(pk=revision.object_id, live=False).update(**said)
