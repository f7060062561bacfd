"""A reader's choices hold on pages that were drawn for somebody else, and a new version shows at once."""

import threading
from contextlib import contextmanager

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler

from courses.models import LessonPage
from tests.factories.nodes import Node
from tests.journeys.reading import LESSON_CODE, expect_choice, expect_text_size


@contextmanager
def served(node: Node):
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(node.front)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def node(demo_site):
    return Node()


@pytest.fixture
def site(browser, node):
    """In place of the usual server: one with the page cache in front, as in production."""
    with served(node) as address:
        yield address


def test_choices_hold_on_pages_drawn_for_others(page, browser_page, node):
    lesson = LessonPage.objects.get(code=LESSON_CODE).url
    page.goto(lesson)
    page.locator('[data-set-size="extra"]').click()
    page.get_by_role("button", name="苹果").click()
    page.reload()
    expect_choice(page, "size", "extra")
    expect_choice(page, "phone", "apple")
    expect_text_size(page, "30px")
    # Another reader, who chose nothing, gets the page as it is drawn for those.
    other = browser_page()
    other.goto(lesson)
    expect_choice(other, "size", "standard")
    expect_choice(other, "phone", "")


def test_without_scripts_the_choice_of_a_phone_and_of_colours_holds_too(browser_page):
    page = browser_page(javascript=False)
    page.goto(LessonPage.objects.get(code=LESSON_CODE).url)
    page.get_by_role("button", name="鸿蒙").click()
    expect_choice(page, "phone", "harmony")
    page.goto("/display/")
    page.get_by_label("高对比").check()
    page.get_by_role("button", name="就这样").click()
    page.goto("/")
    expect_choice(page, "contrast", "high")
    page.goto("/courses/")
    page.goto("/")
    expect_choice(page, "contrast", "high")


def test_a_browser_that_has_the_page_sees_the_new_version_at_once(page):
    lesson = LessonPage.objects.get(code=LESSON_CODE)
    for _ in range(2):
        page.goto(lesson.url)
    lesson.title = "换了一个名字"
    lesson.save_revision().publish()
    page.goto(lesson.url)
    assert "换了一个名字" in page.locator("h1").inner_text()
