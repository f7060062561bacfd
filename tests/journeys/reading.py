"""What a reader does and sees, in words that the journeys share."""

from playwright.sync_api import Locator, Page, expect

LESSON = "微信扫一扫"
LESSON_CODE = "SCAN-2"


def open_lesson(page: Page) -> None:
    """Go from the home page to the lesson by what can be seen and tapped."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="扫码").first.click()
    page.wait_for_url("**/scenarios/scan-code/")
    page.get_by_role("main").get_by_role("link", name=LESSON).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(LESSON)


def step_numbers(page: Page) -> list[int]:
    return [int(step.get_attribute("data-step") or 0) for step in page.locator("main [data-step]").all()]


def shown_pictures(page: Page) -> list[Locator]:
    return [picture for picture in page.locator("main [data-step] img").all() if picture.is_visible()]


def loaded_width(picture: Locator) -> int:
    """Scroll to the picture, as a reader does, and return the width of what really arrived (0: nothing)."""
    picture.scroll_into_view_if_needed()
    for _ in range(100):
        if width := picture.evaluate("image => image.complete && image.naturalWidth"):
            return width
        picture.page.wait_for_timeout(50)
    return 0


def text_size(page: Page) -> str:
    return page.locator("main p").first.evaluate("element => getComputedStyle(element).fontSize")
