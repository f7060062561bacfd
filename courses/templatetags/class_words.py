"""Times of classes in the words of readers."""

from datetime import datetime

from django import template
from django.utils import timezone

from courses.rules import clock_words

register = template.Library()


@register.filter
def said(moment: datetime) -> str:
    """A moment's time by Shanghai's clock: 下午 2:00."""
    return clock_words.said(timezone.localtime(moment))


@register.filter
def said_until(starts: datetime, ends: datetime) -> str:
    """From when to when: 下午 2:00 到 3:30."""
    return clock_words.said_span(timezone.localtime(starts), timezone.localtime(ends))
