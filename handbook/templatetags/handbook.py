from datetime import date

from django import template

from handbook.services import assembly

register = template.Library()


@register.simple_tag
def chapter_parts(page) -> list[assembly.Part]:
    """The chapter's sections, numbered, with their steps and rules."""
    return assembly.chapter_parts(page)


@register.filter
def iso_date(words: str) -> date:
    """The day a database wrote as words: 2026-11-23."""
    return date.fromisoformat(words)
