"""What designers do with readers' feedback: find the step, settle it, and take that back."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wagtail.fields import StreamField

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


def block_of(feedback: StepFeedback) -> str:
    """Return the id of the step's block in the editor; "" when readers see no such step any more."""
    page = feedback.page.specific
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            for anchor, block in _steps(getattr(page, field.name).raw_data):
                if anchor == feedback.anchor:
                    return block
    return ""


def _steps(raw) -> Iterator[tuple[str, str]]:
    """Yield (anchor, id) of the steps, counted as on the page: anew in every section."""
    section = step = 0
    for block in raw:
        if block["type"] == "section":
            section, step = section + 1, 0
        elif block["type"] in {"step", "shared_step"}:
            step += 1
            yield (f"step-{section}-{step}" if section else f"step-{step}"), block.get("id") or ""
