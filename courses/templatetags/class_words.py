"""Times of classes in the words of readers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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


@register.filter
def at(things: Mapping[Any, Any] | str, key: Any) -> Any:
    """What stands under a key, None where nothing does, or where there are no such things at all."""
    return things.get(key) if isinstance(things, Mapping) else None
