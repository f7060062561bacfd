"""What lists of lessons and chapters are filtered by."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.forms import RadioSelect
from django.utils import timezone
from django_filters.fields import ModelChoiceField
from django_filters.filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page, WorkflowState

from cms.enums import Scenario
from cms.services.reviewing import name_of

SOON = timedelta(days=30)
LIVE, CHANGED, DRAFT, IN_REVIEW = "live", "changed", "draft", "in-review"
STATES = [(LIVE, "在线"), (CHANGED, "在线，有草稿"), (DRAFT, "草稿"), (IN_REVIEW, "审核中")]
OVERDUE, DUE_SOON, NOT_SET = "overdue", "soon", "none"
REVIEWS = [(OVERDUE, "过期了"), (DUE_SOON, "30 天以内"), (NOT_SET, "没有填")]


def authors(request) -> QuerySet:
    """Return everybody who began a page."""
    owners = Page.objects.order_by().values("owner").distinct()
    return get_user_model().objects.filter(pk__in=owners).order_by("first_name", "username")


def author_name(user) -> str:
    """Return what a person is called in lists; "" for nobody."""
    return name_of(user) if user else ""


class AuthorField(ModelChoiceField):
    """Names people as people do, not by log-in."""

    def label_from_instance(self, obj) -> str:
        return author_name(obj)


class AuthorFilter(ModelChoiceFilter):
    """By who began the page."""

    field_class = AuthorField


class ContentPageFilterSet(WagtailFilterSet):
    """By scenario, state, day of the next check, and author."""

    scenario = ChoiceFilter(label="场景", choices=Scenario.choices, widget=RadioSelect, method="by_scenario")
    state = ChoiceFilter(label="状态", choices=STATES, widget=RadioSelect, method="by_state")
    review = ChoiceFilter(label="下次核对", choices=REVIEWS, widget=RadioSelect, method="by_review")
    owner = AuthorFilter(label="作者", queryset=authors)

    class Meta:
        model = Page
        fields: list[str] = []

    def by_scenario(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(main_scenario=value)

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == IN_REVIEW:
            return queryset.filter(pk__in=_in_review())
        if value == DRAFT:
            return queryset.filter(live=False)
        return queryset.filter(live=True, has_unpublished_changes=value == CHANGED)

    def by_review(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == OVERDUE:
            return queryset.filter(review_by__lt=today)
        if value == DUE_SOON:
            return queryset.filter(Q(review_by__gte=today) & Q(review_by__lte=today + SOON))
        return queryset.filter(review_by=None)


def _in_review() -> list[int]:
    # Wagtail keeps the page's number as words.
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    kinds = states.filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    return [int(pk) for pk in kinds.values_list("object_id", flat=True)]
