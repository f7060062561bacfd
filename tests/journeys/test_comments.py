"""批注 in a real browser: the words of one that is being written outlive the saving of the draft."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Comment

from tests.journeys.test_editor import designer, edit, new_lesson, saving

__all__ = ["designer"]
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def test_a_comment_is_not_lost_while_the_draft_is_saved(designer):
    page = designer()
    number = new_lesson(page, "看批注的课")
    edit(page, number)
    with saving(page):
        page.locator("[name=goal]").fill("学好了，您会看批注。")
        page.locator('[data-contentpath="title"] [data-component="add-comment-button"]').click(force=True)
        page.locator(".comment textarea").press_sequentially("题目好不好？")
    expect(page.locator(".comment textarea")).to_have_value("题目好不好？")
    with saving(page):
        page.locator(".comment").get_by_role("button", name="批注", exact=True).click()
    assert [one.text for one in Comment.objects.filter(page_id=number)] == ["题目好不好？"]
