"""Numbers in the words of readers."""

from django import template

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """131,260."""
    return f"{number:,}" if isinstance(number, int) else str(number)
