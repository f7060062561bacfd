"""更新记录: what changed on a page, for its readers."""

from django import template

from cms.models import ChangeNote
from cms.services.change_notes import notes_of

register = template.Library()


@register.simple_tag
def change_notes(page) -> list[ChangeNote]:
    """The page's notes, the newest first; none on a page that keeps none."""
    return notes_of(page)
