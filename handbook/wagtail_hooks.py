"""What the handbooks give to the ground floor."""

from pathlib import Path

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button

from cms.enums import HandbookKind
from cms.hooks import (
    DEMO_CONTENT,
    DEMO_EXTRAS,
    FIXED_PAGES,
    HOME_SECTIONS,
    NAV_TABS,
    PACKAGE_KINDS,
    PAGE_ROUTES,
    PAGE_STEPS,
    SCENARIO_RESOURCES,
    SEARCH_SOURCES,
    NavTab,
    PackageKind,
    Section,
)
from cms.models import HomePage, ScenarioPage
from cms.services.sections import beginning
from cms.services.site_tree import child
from handbook.models import ChapterPage, HandbookPage
from handbook.services.assembly import chapter_steps
from handbook.services.first_editions import publish_first_editions
from handbook.views import admin_editions, admin_receipts, editions, receipt, red_lines, whole
from handbook.views.scenario_chapters import scenario_chapters
from handbook.viewsets import ChaptersViewSet

CONTENT = Path(__file__).parent / "content"


@hooks.register(FIXED_PAGES, order=20)
def two_books(home):
    for kind in HandbookKind:
        child(home, HandbookPage, slug=kind.slug, title=kind.label, kind=kind.value)


@hooks.register(NAV_TABS, order=30)
def handbook_tab():
    return NavTab("手册", "/handbook/", ("/handbook/", "/service-handbook/"))


@hooks.register(HOME_SECTIONS, order=30)
def books_on_home(request):
    return Section(
        "两本手册", "handbook/book_list.html", {"books": list(HandbookPage.objects.live().order_by("path"))}
    )


@hooks.register(SCENARIO_RESOURCES, order=30)
def chapters_of_scenario(scenario):
    return beginning(
        ChapterPage.objects.live().filter(main_scenario=scenario).order_by("path"),
        most=6,
        heading="手册",
        template="handbook/chapter_list.html",
        name="chapters",
        all_url="chapters/",
        all_words="查看全部 {number} 章",
    )


@hooks.register(PAGE_ROUTES)
def chapters_below_scenario():
    return ScenarioPage, "chapters", scenario_chapters


def below_a_book(way, view):
    hooks.register(PAGE_ROUTES, lambda: (HandbookPage, way, view))


below_a_book("all", whole.whole)
below_a_book("editions", editions.editions)
below_a_book("editions/<int:number>", editions.edition)
below_a_book("editions/<int:number>/all", whole.whole_edition)
below_a_book("editions/<int:number>/<slug:slug>", editions.edition_chapter)
below_a_book("red-lines", red_lines.red_lines)
below_a_book("receipt", receipt.receipt)


@hooks.register(PAGE_STEPS)
def steps_of_chapter(page):
    return chapter_steps(page) if isinstance(page, ChapterPage) else None


@hooks.register(SEARCH_SOURCES)
def searchable():
    return [ChapterPage, HandbookPage]


@hooks.register(DEMO_CONTENT, order=20)
def first_edition():
    return sorted(CONTENT.iterdir())


@hooks.register("register_admin_urls")
def edition_addresses():
    addresses = [
        path("", admin_editions.EditionsView.as_view(), name="index"),
        path("new/<slug:kind>/", admin_editions.NewEditionView.as_view(), name="new"),
        path("receipts/", admin_receipts.ReceiptsView.as_view(), name="receipts"),
        path(
            "receipts/results/",
            admin_receipts.ReceiptsView.as_view(results_only=True),
            name="receipts_results",
        ),
    ]
    return [path("editions/", include((addresses, "editions")))]


@hooks.register("register_page_header_buttons")
def publish_edition_button(page, user, view_name, next_url=None):
    if isinstance(page, HandbookPage) and admin_editions.may_publish(user, page):
        yield Button("发布新版", reverse("editions:new", args=[page.kind]), icon_name="list-ol", priority=5)


@hooks.register(DEMO_EXTRAS)
def first_editions():
    return publish_first_editions()


@hooks.register(PACKAGE_KINDS)
def handbook_package():
    return PackageKind(
        kind="handbook",
        root=HandbookPage,
        child=ChapterPage,
        find_parent=lambda values: HomePage.the_one(),
        find_root=lambda values: HandbookPage.objects.filter(kind=values.get("kind")).first(),
    )


@hooks.register("register_admin_viewset")
def chapters_list():
    return ChaptersViewSet()
