"""今天: what waits for one person in the staff area, each list in a query or two however long it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Q, QuerySet, Value, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Page, Revision, TaskState, WorkflowState

from cms.models import CheckedContent, StepFeedback
from cms.models.pages import recommended

SOON = timedelta(days=14)
NEWEST_FEEDBACK = 5
COLUMNS = ("pk", "title", "path", "content_type_id", "live")


def to_review(user) -> QuerySet[TaskState]:
    """What designers sent and ``user`` may approve, the longest waiting first; ``note`` says what was changed."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
    if not user.is_superuser:
        waiting = waiting.filter(task__groupapprovaltask__groups__user=user)
    return (
        waiting.select_related("revision", "workflow_state__requested_by")
        .defer("revision__content")
        .annotate(note=KeyTextTransform("change_note", "revision__content"))
        .order_by("started_at", "pk")
        .distinct()
    )


def sent_back(user) -> QuerySet[WorkflowState]:
    """What a reviewer sent back to ``user``, the newest first."""
    own = Page.objects.filter(owner=user, pk=Cast(OuterRef("object_id"), IntegerField()))
    return (
        WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        .filter(Q(requested_by=user) | Q(base_content_type__model="page") & Exists(own))
        .select_related("current_task_state__finished_by", "current_task_state__revision")
        .defer("current_task_state__revision__content")
        .order_by("-current_task_state__finished_at", "-pk")
    )


def being_written(user) -> tuple[list[Revision], list[Revision]]:
    """Return what ``user`` is still writing, the newest first, and what goes on line on a set day, the nearest first.

    A draft that was sent to review is neither.
    """
    found = (
        Revision.objects.filter(Q(approved_go_live_at__isnull=False) | Q(user=user) & _is_open_draft())
        .defer("content")
        .order_by("approved_go_live_at", "-created_at", "-pk")
    )
    drafts = [revision for revision in found if not revision.approved_go_live_at]
    return drafts, [revision for revision in found if revision.approved_go_live_at]


@dataclass(frozen=True)
class PageToMend:
    """A page that asks for care: its review-by day is near or over, or (``review_by`` is None) nobody finds it."""

    pk: int
    title: str
    path: str
    content_type_id: int
    live: bool
    review_by: date | None


def pages_to_mend(*, today: date) -> tuple[list[PageToMend], list[PageToMend]]:
    """Return the pages to check again, the most overdue first, and those without a main scenario, in tree order."""
    lost = Page.objects.filter(latest_revision__content__main_scenario="").order_by()
    due = [
        recommended(model.objects.live())
        .filter(review_by__lte=today + SOON)
        .order_by()
        .values_list(*COLUMNS, "review_by")
        for model in _models(lambda model: issubclass(model, CheckedContent) and issubclass(model, Page))
    ]
    rows = lost.values_list(*COLUMNS, Value(None, output_field=DateField())).union(*due, all=True)
    pages = sorted((PageToMend(*row) for row in rows), key=lambda page: page.path)
    to_check = [page for page in pages if page.review_by]
    return sorted(to_check, key=lambda page: page.review_by), [page for page in pages if not page.review_by]


def waiting_feedback() -> tuple[int, list[StepFeedback]]:
    """Return how much feedback waits, and the newest few."""
    waiting = StepFeedback.objects.waiting().select_related("page").annotate(total=Window(Count("pk")))
    newest = list(waiting[:NEWEST_FEEDBACK])
    return (newest[0].total if newest else 0), newest


def is_late(revision: Revision, *, now: datetime) -> bool:
    """True when the day has come but the clock could not publish: something is missing on the page."""
    return revision.approved_go_live_at < now - timedelta(minutes=5)


def _is_open_draft() -> Q:
    sent = WorkflowState.objects.active().filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id")
    )
    unfinished: Any = Q()
    for model in (
        Page,
        *_models(lambda model: issubclass(model, DraftStateMixin) and not issubclass(model, Page)),
    ):
        unfinished |= Exists(
            model.objects.filter(latest_revision=OuterRef("pk"), has_unpublished_changes=True)
        )
    return unfinished & ~Exists(sent)


def _models(wanted) -> Iterator[Any]:
    return (model for model in apps.get_models() if wanted(model))
