"""The list of shared steps: on how many pages each is, drafts too; found by pinyin, also when filtered."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.pages import a_chapter, a_lesson, a_shared_step, shared, stream
from tests.factories.pages import step as other

URL = "/admin/snippets/cms/sharedstep/"


def rows(browser, **query) -> dict[str, str]:
    """The number of pages by the step's name."""
    soup = BeautifulSoup(browser.get(URL, query).content, "html.parser")
    cells = [row.select("td") for row in soup.select("table.listing tbody tr")]
    return {
        row[1].select_one(".title-wrapper").get_text(strip=True): row[3].get_text(strip=True) for row in cells
    }


def test_the_pages_are_counted_drafts_too_each_once(step, as_admin):
    a_lesson(steps=stream(shared(step), shared(step)))
    a_chapter(live=False, body=stream(shared(step)))
    changed = a_lesson(steps=stream(other()))
    changed.steps = stream(shared(step))
    changed.save_revision()
    a_shared_step(title="没人用", body=other())
    assert rows(as_admin) == {"打开微信": "3", "没人用": "0"}


@pytest.mark.parametrize(("use", "title"), [("used", "打开微信"), ("unused", "打开微店")])
def test_search_and_filters_together(use, title, lesson, as_admin):
    a_shared_step(title="打开微店", body=other())
    assert list(rows(as_admin, q="dakaiwei", use=use, live="true")) == [title]
    assert rows(as_admin, q="dakaiwei", live="false") == {}


def queries(browser) -> int:
    browser.get(URL)
    with CaptureQueriesContext(connection) as captured:
        browser.get(URL)
    return len(captured)


def test_as_many_queries_for_three_as_for_one(step, as_admin):
    a_lesson(live=False, steps=stream(shared(step)))
    one = queries(as_admin)
    for _ in range(2):
        a_lesson(live=False, steps=stream(shared(a_shared_step())))
    assert queries(as_admin) == one
