"""What a reader does and sees, in words that the journeys share."""

from playwright.sync_api import Locator, Page, expect

LESSON = "微信扫一扫"
LESSON_CODE = "SCAN-2"
NEXT_LESSON = "扫码付钱，三看再按"


def open_lesson(page: Page) -> None:
    """Go from the home page to the lesson by what can be seen and tapped."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="扫码").first.click()
    page.wait_for_url("**/scenarios/scan-code/")
    page.get_by_role("main").get_by_role("link", name=LESSON).first.click()
    arrive(page, LESSON)


def arrive(page: Page, heading: str) -> None:
    """Wait until the page under this heading is there with its style sheet: words come before their looks."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.wait_for_load_state("load")


def step_numbers(page: Page) -> list[int]:
    return [int(step.get_attribute("data-step") or 0) for step in page.locator("main [data-step]").all()]


def shown_pictures(page: Page) -> list[Locator]:
    return [picture for picture in page.locator("main [data-step] img").all() if picture.is_visible()]


def loaded_width(picture: Locator) -> int:
    """Scroll to the picture, as a reader does, and return the width of what really arrived (0: nothing)."""
    picture.scroll_into_view_if_needed()
    return picture.evaluate("image => image.decode().then(() => image.naturalWidth, () => 0)")


def expect_text_size(page: Page, size: str) -> None:
    """The words of the page are, or become within the usual time, of this size."""
    expect(page.locator("main p").first).to_have_css("font-size", size)


def expect_choice(page: Page, name: str, value: str) -> None:
    """The page is, or becomes, drawn for this choice of the reader's."""
    expect(page.locator("html")).to_have_attribute(f"data-{name}", value)
    page.wait_for_load_state("load")
