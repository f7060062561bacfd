"""A senior with a phone finds a lesson and follows it."""

import pytest

from tests.journeys.reading import (
    LESSON_CODE,
    NEXT_LESSON,
    arrive,
    expect_choice,
    expect_text_size,
    loaded_width,
    open_lesson,
    shown_pictures,
    step_numbers,
)


def test_a_senior_finds_a_lesson_and_sees_every_step(page):
    open_lesson(page)
    assert page.locator("main").get_attribute("data-code") == LESSON_CODE
    numbers = step_numbers(page)
    assert len(numbers) >= 5
    assert numbers == list(range(1, len(numbers) + 1))
    pictures = shown_pictures(page)
    assert len(pictures) >= 5
    assert all(loaded_width(picture) > 0 for picture in pictures)
    assert all(len(picture.get_attribute("alt")) > 5 for picture in pictures)


def test_bigger_text_stays_on_the_next_page(page):
    open_lesson(page)
    expect_text_size(page, "20px")
    page.locator('[data-set-size="extra"]').click()
    expect_text_size(page, "30px")
    page.get_by_role("link", name="学好了，看下一课").click()
    arrive(page, NEXT_LESSON)
    expect_choice(page, "size", "extra")
    expect_text_size(page, "30px")


def test_the_kind_of_phone_is_remembered(page):
    open_lesson(page)
    before = [picture.get_attribute("src") for picture in shown_pictures(page)]
    page.get_by_role("button", name="苹果").click()
    page.reload()
    expect_choice(page, "phone", "apple")
    pictures = shown_pictures(page)
    assert len(pictures) == len(before)
    assert [picture.get_attribute("src") for picture in pictures] != before
    assert loaded_width(pictures[0]) > 0


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_has_to_be_scrolled_sideways(browser_page, width):
    page = browser_page(width=width)
    open_lesson(page)
    page.locator('[data-set-size="extra"]').click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
