"""The same reading with scripts switched off, as in an old WeChat or behind a strict school network."""

import pytest

from tests.journeys.reading import (
    expect_choice,
    expect_text_size,
    loaded_width,
    open_lesson,
    shown_pictures,
    step_numbers,
)


@pytest.fixture
def page(browser_page):
    return browser_page(javascript=False)


def test_a_lesson_is_complete_without_scripts(page):
    open_lesson(page)
    numbers = step_numbers(page)
    assert len(numbers) >= 5
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(loaded_width(picture) > 0 for picture in shown_pictures(page))


def test_bigger_text_is_set_on_a_page_of_its_own(page):
    page.goto("/display/?next=/courses/")
    page.locator('input[name="size"][value="extra"]').check(force=True)
    page.get_by_role("button", name="就这样").click()
    page.wait_for_url("**/courses/")
    expect_choice(page, "size", "extra")
    open_lesson(page)
    expect_text_size(page, "30px")


def test_the_kind_of_phone_is_chosen_by_the_server(page):
    open_lesson(page)
    before = [picture.get_attribute("src") for picture in shown_pictures(page)]
    page.get_by_role("button", name="苹果").click()
    expect_choice(page, "phone", "apple")
    pictures = shown_pictures(page)
    assert [picture.get_attribute("src") for picture in pictures] != before
    assert loaded_width(pictures[0]) > 0
