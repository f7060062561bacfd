"""A whole book as it comes out of the printer."""

import pytest


@pytest.mark.parametrize("javascript", [True, False])
def test_a_book_prints_every_picture_and_answer(browser_page, javascript):
    page = browser_page(width=1280, javascript=javascript)
    page.goto("/handbook/all/")
    page.emulate_media(media="print")
    # What a printer asks for: Chromium fetches what was waiting to be scrolled to.
    page.pdf(format="A4")
    shown = [picture for picture in page.locator("main .step img").all() if picture.is_visible()]
    assert len(shown) > 10
    loaded = [picture.evaluate("image => image.complete && image.naturalWidth") for picture in shown]
    assert all(loaded)
    assert all(picture.bounding_box()["width"] >= 79 / 25.4 * 96 for picture in shown)
    assert page.locator(".book-answers").is_visible()
    assert not page.locator("nav.tabs").is_visible()


def test_chapters_begin_on_new_sheets_in_large_type(browser_page):
    page = browser_page(width=1280)
    page.goto("/handbook/all/")
    page.emulate_media(media="print")
    for part in (".book-chapter", ".book-answers"):
        assert page.locator(part).first.evaluate("part => getComputedStyle(part).breakBefore") == "page"
    size = page.locator(".book-chapter .words p").first.evaluate(
        "p => parseFloat(getComputedStyle(p).fontSize)"
    )
    assert size >= 16 / 72 * 96


def test_the_red_lines_fit_one_sheet(browser_page):
    page = browser_page(width=1280, javascript=False)
    page.goto("/service-handbook/red-lines/")
    assert page.locator("main .rule").count() == 9
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
