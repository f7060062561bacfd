from django import template

from handbook.services import assembly

register = template.Library()


@register.simple_tag
def chapter_parts(page) -> list[assembly.Part]:
    """The chapter's sections, numbered, with their steps and rules."""
    return assembly.chapter_parts(page)
