"""Pages to be found: lessons and a chapter in the seeded tree, as an editor would publish them."""

import json

import pytest
from wagtail.models import Page

from cms.services.site_tree import child, ensure_fixed_pages
from courses.models import CourseIndexPage, LessonPage, ModulePage
from handbook.models import ChapterPage, HandbookPage


@pytest.fixture
def home(db):
    return ensure_fixed_pages()


@pytest.fixture
def module(home):
    index = CourseIndexPage.objects.first() or child(home, CourseIndexPage, slug="courses", title="课程")
    return child(
        index, ModulePage, slug="saoma", title="放心扫码", goal="会扫码，会付钱。", main_scenario="scan-code"
    )


@pytest.fixture
def lesson(module):
    """Return a function that publishes a lesson; ``text`` is what its one step says one will see."""

    def publish(title: str, *, text: str = "屏幕亮了。", live: bool = True, **fields) -> LessonPage:
        values = {"goal": "学好了，您会自己做。", "main_scenario": "scan-code"} | fields
        steps = json.dumps([{"type": "step", "value": {"do": "点一下屏幕。", "look": text}}])
        page = LessonPage(title=title, steps=steps, live=live, **values)
        return module.add_child(instance=page)

    return publish


@pytest.fixture
def chapter(home):
    """Return a function that publishes a chapter of the seniors' handbook."""

    def publish(title: str, *, text: str, number: int = 4) -> ChapterPage:
        book = HandbookPage.objects.get(kind="seniors")
        page = ChapterPage(title=title, number=number, goal="讲这一章。", body=[("paragraph", text)])
        return book.add_child(instance=page)

    return publish


@pytest.fixture
def found(db):
    """Return a function that searches all pages and gives the titles found, as admin views would."""

    def titles(query: str, *, like: bool = False, pages=None, **options) -> list[str]:
        pages = Page.objects.all() if pages is None else pages
        results = pages.autocomplete(query, **options) if like else pages.search(query, **options)
        return [page.title for page in results]

    return titles
