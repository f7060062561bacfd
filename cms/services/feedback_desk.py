"""What designers do with readers' feedback: settle it, and take that back."""

from collections.abc import Iterable
from datetime import datetime

from cms.models import StepFeedback, User


def settle(*, ids: Iterable[int], by: User, at: datetime) -> list[int]:
    """Mark feedback as settled; return the ids of what was still waiting."""
    waiting = list(StepFeedback.objects.waiting().filter(pk__in=ids).values_list("pk", flat=True))
    StepFeedback.objects.filter(pk__in=waiting).update(settled_at=at, settled_by=by)
    return waiting


def reopen(*, ids: Iterable[int]) -> int:
    """Let settled feedback wait again; return how many did."""
    settled = StepFeedback.objects.filter(pk__in=ids, settled_at__isnull=False)
    return settled.update(settled_at=None, settled_by=None)
