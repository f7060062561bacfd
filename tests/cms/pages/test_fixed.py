"""The fixed set: home, the ten scenarios, the course index and the two books keep their place and address."""

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Site

from cms.enums import HandbookKind, Scenario
from cms.errors import PageIsFixed
from cms.models import HomePage, ScenarioIndexPage, ScenarioPage
from courses.models import CourseIndexPage
from handbook.models import HandbookPage
from tests.factories.pages import a_book, a_lesson

pytestmark = pytest.mark.django_db

FIXED = [HomePage, ScenarioIndexPage, ScenarioPage, CourseIndexPage, HandbookPage]


def test_seed_made_exactly_this():
    assert [page.scenario for page in ScenarioPage.objects.order_by("path")] == Scenario.values
    assert [page.kind for page in HandbookPage.objects.order_by("path")] == HandbookKind.values
    assert all(ScenarioPage.objects.values_list("goal", flat=True))
    assert not Page.objects.filter(depth__gt=1, live=False).exists()


def test_seeding_again_changes_nothing():
    lesson = a_lesson()
    ScenarioPage.objects.filter(scenario="chat").update(goal="自己改的话。")
    before = list(Page.objects.order_by("path").values())
    sites = list(Site.objects.values())
    call_command("seed")
    assert list(Page.objects.order_by("path").values()) == before
    assert list(Site.objects.values()) == sites
    assert ScenarioPage.objects.get(scenario="chat").goal == "自己改的话。"
    assert type(lesson).objects.filter(pk=lesson.pk, live=True).exists()


def test_seed_makes_good_what_is_missing():
    page = HandbookPage.objects.get(kind=HandbookKind.VOLUNTEERS)
    Page.objects.filter(pk=page.pk).update(slug="verloren", url_path="/home/verloren/")
    HandbookPage.objects.filter(pk=page.pk).update(kind="andere")
    call_command("seed")
    assert HandbookPage.objects.get(kind=HandbookKind.VOLUNTEERS).slug == "service-handbook"


def test_seed_follows_the_public_address(settings):
    settings.PUBLIC_URL = "https://suishen.example.org"
    call_command("seed")
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_url) == ("suishen.example.org", 443, settings.PUBLIC_URL)


@pytest.mark.parametrize("page_class", FIXED)
def test_fixed_page_is_not_deleted(page_class):
    page = page_class.objects.first()
    with pytest.raises(PageIsFixed, match="固定的页面"), transaction.atomic():
        page.delete()
    with pytest.raises(PageIsFixed), transaction.atomic():
        Page.objects.filter(pk=page.pk).delete()
    assert page_class.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("page_class", FIXED)
def test_address_stays_whatever_was_typed(page_class, live):
    page = page_class.objects.first()
    address = page.url_path
    page.slug, page.title = "anders", "新的名字"
    if live:
        page.save_revision().publish()
    else:
        page.live = False
        page.save()
    page = page_class.objects.get(pk=page.pk)
    assert (page.url_path, page.title) == (address, "新的名字")


@pytest.mark.parametrize("page_class", FIXED)
def test_nobody_can_make_another_one(page_class):
    parents = Page.objects.all().specific()
    assert not [parent for parent in parents if page_class.can_create_at(parent)]


def test_book_knows_its_address():
    assert {a_book(kind).url for kind in HandbookKind} == {"/handbook/", "/service-handbook/"}
