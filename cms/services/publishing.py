"""What the clock does with pages: on line when their day has come, off line when it is over.

Wagtail's own command stops at the first page that cannot go on line, and so would the whole site's plan.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from cms.errors import ContentError

logger = logging.getLogger("cms.publishing")


def publish_due(*, now: datetime) -> int:
    """Take off line what has expired and put on line what was set for ``now`` or before; return how many.

    What cannot be done yet, because something is missing on the page, is logged and tried again next time;
    the others go on.
    """
    return sum(_try(*task) for task in (*_expired(now), *_approved(now)))


def _expired(now: datetime) -> Iterator[tuple[str, Callable, dict]]:
    for model in [Page, *filter(_is_published_snippet, apps.get_models())]:
        for item in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            arguments = {"set_expired": True, "log_action": "wagtail.unpublish.scheduled"}
            yield str(item.pk), item.unpublish, arguments


def _is_published_snippet(model) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _approved(now: datetime) -> Iterator[tuple[str, Callable, dict]]:
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        yield revision.object_id, revision.publish, {"log_action": "wagtail.publish.scheduled"}


def _try(key: str, change: Callable, arguments: dict) -> bool:
    try:
        with transaction.atomic():
            change(**arguments)
    except (ValidationError, ContentError):
        # The words of the refusal hold a title: they are for the editor, not for the log.
        logger.warning("%s of %s refused: not complete", change.__name__, key)
        return False
    return True
