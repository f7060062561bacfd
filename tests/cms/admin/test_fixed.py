"""The fixed set in the staff area: words can be edited, nothing else."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import HomePage, ScenarioIndexPage, ScenarioPage
from courses.models import CourseIndexPage
from handbook.models import HandbookPage
from tests.factories.forms import module_form
from tests.factories.pages import a_lesson, a_module
from tests.html import parsed

FIXED = [HomePage, ScenarioIndexPage, ScenarioPage, CourseIndexPage, HandbookPage]


@pytest.fixture(params=FIXED, ids=lambda page_class: page_class.__name__)
def page(request, db):
    """One page of each fixed kind."""
    return request.param.objects.first()


def rows():
    return list(Page.objects.order_by("path").values("pk", "path", "url_path", "live"))


@pytest.mark.parametrize("action", ["delete", "unpublish", "copy"])
def test_single_action_is_refused(admin, page, action):
    before = rows()
    form = {"new_title": "另一个", "new_slug": "ling", "new_parent_page": page.get_parent().pk}
    response = admin.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), form)
    assert response.status_code in {302, 403}
    assert rows() == before


def another_place_for(page) -> Page:
    return (ScenarioIndexPage if isinstance(page, CourseIndexPage) else CourseIndexPage).objects.get()


def test_moving_is_refused(admin, page):
    target, before = another_place_for(page), rows()
    response = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert response.status_code in {302, 403}
    assert rows() == before


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_bulk_action_is_refused(admin, page, action):
    before = rows()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    response = admin.post(f"{address}?id={page.pk}&next=/admin/pages/")
    assert response.status_code in {200, 302}
    assert rows() == before


def test_bulk_move_is_refused(admin, page):
    target, before = another_place_for(page), rows()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = admin.post(f"{address}?id={page.pk}&next=/admin/pages/", {"chooser": target.pk})
    assert response.status_code in {200, 302}
    assert rows() == before


def test_editor_offers_words_and_no_address(admin, page):
    html = parsed(admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert html.all('[name="title"]')
    assert not html.all('[name="slug"]')
    assert not html.all('[name="expire_at"]')


@pytest.mark.parametrize("page_class", [ScenarioPage, HandbookPage])
def test_words_are_edited(admin, client, page_class):
    page = page_class.objects.first()
    form = module_form(action="action-publish", title="新的名字", goal="新的话。", slug="anders")
    assert admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302
    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "新的话。" in shown.content.decode()


@pytest.mark.parametrize(
    ("app", "name"),
    [
        ("cms", "homepage"),
        ("cms", "scenarioindexpage"),
        ("cms", "scenariopage"),
        ("courses", "courseindexpage"),
        ("handbook", "handbookpage"),
    ],
)
def test_another_one_cannot_be_made(admin, app, name):
    before = rows()
    for parent in (Page.objects.get(depth=1), HomePage.objects.get(), ScenarioIndexPage.objects.get()):
        form = module_form(action="action-publish", title="第十一个")
        admin.post(reverse("wagtailadmin_pages:add", args=[app, name, parent.pk]), form)
    assert rows() == before


def test_ordinary_pages_can_still_be_moved_and_deleted(admin):
    lesson, other = a_lesson(), a_module()
    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]))
    assert Page.objects.get(pk=lesson.pk).get_parent().pk == other.pk
    admin.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    assert not Page.objects.filter(pk=lesson.pk).exists()
