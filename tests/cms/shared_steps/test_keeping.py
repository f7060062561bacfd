"""A shared step that a page shows, or will show, can be neither deleted nor taken off line."""

import datetime
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.errors import SharedStepInUse
from cms.models import SharedStep
from cms.services.usage import pages_using
from courses.models import LessonPage
from tests.factories.pages import a_chapter, a_lesson, shared, stream
from tests.factories.pages import step as other


def on_line(step):
    return a_lesson(title="微信扫一扫", steps=stream(shared(step)))


def never_published(step):
    return a_lesson(title="微信扫一扫", live=False, steps=stream(shared(step)))


def draft_of_a_live_page(step):
    lesson = a_lesson(title="微信扫一扫", steps=stream(other()))
    lesson.steps = stream(shared(step))
    lesson.save_revision()
    return lesson


def later_draft_of_a_new_page(step):
    lesson = a_lesson(title="微信扫一扫", live=False, steps=stream(other()))
    lesson.steps = stream(shared(step))
    lesson.save_revision()
    return lesson


def scheduled_then_changed_again(step):
    lesson = a_lesson(title="微信扫一扫", steps=stream(other()))
    lesson.steps = stream(shared(step))
    lesson.go_live_at = timezone.now() + datetime.timedelta(days=1)
    lesson.save_revision().publish()
    lesson.steps, lesson.go_live_at = stream(other()), None
    lesson.save_revision()
    return lesson


def still_on_line_but_dropped_in_the_draft(step):
    lesson = on_line(step)
    lesson.steps = stream(other())
    lesson.save_revision()
    return lesson


def in_a_chapter(step):
    return a_chapter(title="微信扫一扫", body=stream(("section", "一"), shared(step)))


USES = [
    on_line,
    never_published,
    draft_of_a_live_page,
    later_draft_of_a_new_page,
    scheduled_then_changed_again,
    still_on_line_but_dropped_in_the_draft,
    in_a_chapter,
]
WAYS = {
    "delete": lambda step: step.delete(),
    "delete many": lambda step: SharedStep.objects.filter(pk=step.pk).delete(),
    "unpublish": lambda step: step.unpublish(),
    "save": lambda step: setattr(step, "live", False) or step.save(),
}


def still_there(step) -> bool:
    return SharedStep.objects.filter(pk=step.pk, live=True).exists()


@pytest.mark.parametrize(
    ("use", "way"), [*product(USES, ["delete"]), *product([USES[0], USES[2]], list(WAYS)[1:])]
)
def test_a_used_step_stays(use, way, step):
    page = use(step)
    assert [shown.pk for shown in pages_using(step)] == [page.pk]
    with (
        pytest.raises(SharedStepInUse, match="“打开微信”还用在这些页面里：微信扫一扫。"),
        transaction.atomic(),
    ):
        WAYS[way](step)
    assert still_there(step)


def never_chosen(step):
    a_lesson(steps=stream(other()))


def dropped_and_published(step):
    lesson = on_line(step)
    lesson.steps = stream(other())
    lesson.save_revision().publish()


def dropped_from_a_draft(step):
    """The page's own row still holds what it began with; nobody sees that."""
    lesson = never_published(step)
    lesson.steps = stream(other())
    lesson.save_revision()


def page_deleted(step):
    LessonPage.objects.get(pk=on_line(step).pk).delete()


PASTS = [never_chosen, dropped_and_published, dropped_from_a_draft, page_deleted]


@pytest.mark.parametrize(("past", "way"), [*product(PASTS, ["delete"]), *product(PASTS[:1], list(WAYS)[1:])])
def test_an_unused_step_may_go(past, way, step):
    past(step)
    assert pages_using(step) == []
    WAYS[way](step)
    assert not still_there(step)


def test_every_page_is_named(step):
    a_lesson(title="乙课", steps=stream(shared(step)))
    a_lesson(title="甲课", live=False, steps=stream(shared(step)))
    with pytest.raises(SharedStepInUse) as refused, transaction.atomic():
        step.delete()
    assert set(refused.value.pages) == {"乙课", "甲课"}


def address(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_cms_sharedstep:{name}", args=args)


def bulk_delete(step) -> str:
    return reverse("wagtail_bulk_action", args=["cms", "sharedstep", "delete"]) + f"?id={step.pk}"


ADMIN = {
    "delete": lambda step: address("delete", step.pk),
    "unpublish": lambda step: address("unpublish", step.pk),
    "bulk delete": bulk_delete,
}


@pytest.mark.parametrize("url", ADMIN.values(), ids=ADMIN)
@pytest.mark.parametrize("use", [on_line, later_draft_of_a_new_page])
def test_the_staff_area_says_where_it_is_used(url, use, step, as_admin):
    use(step)
    assert as_admin.get(url(step), follow=True).status_code == 200
    answer = as_admin.post(url(step), follow=True)
    assert answer.status_code == 200
    assert "“打开微信”还用在这些页面里：微信扫一扫。" in answer.content.decode()
    assert still_there(step)


@pytest.mark.parametrize("url", ADMIN.values(), ids=ADMIN)
def test_the_staff_area_lets_an_unused_step_go(url, step, as_admin):
    as_admin.post(url(step), follow=True)
    assert not still_there(step)
