"""What the handbooks give to the ground floor."""

from pathlib import Path

from wagtail import hooks

from cms.enums import HandbookKind
from cms.hooks import (
    DEMO_CONTENT,
    FIXED_PAGES,
    HOME_SECTIONS,
    NAV_TABS,
    PACKAGE_KINDS,
    SCENARIO_RESOURCES,
    SEARCH_SOURCES,
    NavTab,
    PackageKind,
    Section,
)
from cms.models import HomePage
from cms.services.site_tree import child
from handbook.models import ChapterPage, HandbookPage

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
    chapters = list(ChapterPage.objects.live().filter(main_scenario=scenario).order_by("path"))
    return Section("手册", "handbook/chapter_list.html", {"chapters": chapters}) if chapters else None


@hooks.register(SEARCH_SOURCES)
def searchable():
    return [ChapterPage, HandbookPage]


@hooks.register(DEMO_CONTENT, order=20)
def first_edition():
    return sorted(CONTENT.iterdir())


@hooks.register(PACKAGE_KINDS)
def handbook_package():
    return PackageKind(
        kind="handbook",
        root=HandbookPage,
        child=ChapterPage,
        find_parent=lambda values: HomePage.the_one(),
        find_root=lambda values: HandbookPage.objects.filter(kind=values.get("kind")).first(),
    )
