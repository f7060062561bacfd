"""今天: what waits for one person in the staff area, each list in a query or two however long it is."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.apps import apps
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Page, Revision, TaskState, WorkflowState

from cms.models import CheckedContent, StepFeedback
from cms.models.pages import recommended

SOON = timedelta(days=14)
NEWEST_FEEDBACK = 5


def to_review(user) -> QuerySet[TaskState]:
    """What designers sent and ``user`` may approve, the longest waiting first; ``note`` says what was changed."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
    if not user.is_superuser:
        waiting = waiting.filter(task__groupapprovaltask__groups__user=user)
    return (
        waiting.select_related("revision", "revision__content_type", "workflow_state__requested_by")
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
        .select_related("content_type", "current_task_state__finished_by", "current_task_state__revision")
        .defer("current_task_state__revision__content")
        .order_by("-current_task_state__finished_at", "-pk")
    )


def drafts_of(user) -> QuerySet[Revision]:
    """What ``user`` is still writing: not sent to review, not planned. The newest first."""
    sent = WorkflowState.objects.active().filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id")
    )
    unfinished = [
        Exists(model.objects.filter(latest_revision=OuterRef("pk"), has_unpublished_changes=True))
        for model in _drafted_models()
    ]
    is_draft = unfinished[0]
    for other in unfinished[1:]:
        is_draft = is_draft | other
    return (
        Revision.objects.filter(user=user, approved_go_live_at=None)
        .filter(is_draft, ~Exists(sent))
        .select_related("content_type")
        .defer("content")
        .order_by("-created_at", "-pk")
    )


def planned() -> QuerySet[Revision]:
    """What goes on line on a set day, the nearest first."""
    return (
        Revision.objects.filter(approved_go_live_at__isnull=False)
        .select_related("content_type")
        .defer("content")
        .order_by("approved_go_live_at", "pk")
    )


def to_check_again(*, today: date) -> list[Page]:
    """Pages on line whose review-by day is over or comes within two weeks, the most overdue first."""
    due = chain.from_iterable(
        recommended(model.objects.live()).filter(review_by__lte=today + SOON).only(*_COLUMNS, "review_by")
        for model in _checked_models()
    )
    return sorted(due, key=lambda page: (page.review_by, page.path))


def without_scenario() -> QuerySet[Page]:
    """Pages that nobody finds under a scenario, in the order of the tree: the newest version says which."""
    return (
        Page.objects.filter(latest_revision__content__main_scenario="")
        .select_related("content_type")
        .order_by("path")
    )


def waiting_feedback() -> tuple[int, list[StepFeedback]]:
    """Return how much feedback waits, and the newest few."""
    waiting = StepFeedback.objects.waiting()
    return waiting.count(), list(waiting.select_related("page", "page__content_type")[:NEWEST_FEEDBACK])


def is_late(revision: Revision, *, now: datetime) -> bool:
    """True when the day has come but the clock could not publish: something is missing on the page."""
    return revision.approved_go_live_at < now - timedelta(minutes=5)


_COLUMNS = ("title", "draft_title", "path", "depth", "content_type")


def _drafted_models() -> list[type]:
    return [Page, *_models(lambda model: issubclass(model, DraftStateMixin) and not issubclass(model, Page))]


def _checked_models() -> Iterable[type[Page]]:
    return _models(lambda model: issubclass(model, CheckedContent) and issubclass(model, Page))


def _models(wanted) -> Iterator[type]:
    return (model for model in apps.get_models() if wanted(model))
