"""A reader tells what is different or unclear: with one tap, on the page itself or on the next."""

import pytest
from playwright.sync_api import expect

from cms.models import StepFeedback


def unclear(page, step: int):
    return page.locator(f'[data-step="{step}"]').get_by_role("button", name="没看懂")


def test_one_tap_is_answered_where_it_was_made(page):
    page.goto("/l/SCAN-2/")
    unclear(page, 3).click()
    answer = page.locator('[data-step="3"] [role="status"]')
    expect(answer).to_contain_text("记下了，谢谢您。老师会来看。")
    expect(answer).to_be_focused()
    expect(unclear(page, 3)).to_have_count(0)
    expect(unclear(page, 2)).to_be_visible()
    kept = StepFeedback.objects.get()
    assert (kept.anchor, kept.kind, kept.phone) == ("step-3", "unclear", "")


def test_the_phone_chosen_on_the_page_is_told_along(page):
    page.goto("/l/SCAN-2/")
    page.get_by_role("button", name="苹果").click()
    page.locator('[data-step="1"]').get_by_role("button", name="我的手机不一样").click()
    expect(page.locator('[data-step="1"] [role="status"]')).to_be_visible()
    assert StepFeedback.objects.get().phone == "apple"


def test_words_can_follow_and_the_way_back_leads_to_the_step(page):
    page.goto("/l/H-4/")
    page.locator("#step-2-2").get_by_role("button", name="我的手机不一样").click()
    page.get_by_role("link", name="想多说一句").click()
    page.get_by_label("想多说一句").fill("没有小加号，我的电话 13812345678。")
    page.get_by_role("button", name="把这句话也告诉老师").click()
    expect(page.get_by_role("status")).to_contain_text("您的话也记下了")
    assert StepFeedback.objects.get().words == "没有小加号，我的电话 ···。"
    page.get_by_role("link", name="回到第 2 步").click()
    page.wait_for_url("**/handbook/**#step-2-2")


def test_without_scripts_the_answer_is_a_page(browser_page):
    page = browser_page(javascript=False)
    page.goto("/l/SCAN-2/")
    page.get_by_role("button", name="鸿蒙").click()
    page.wait_for_url("**phone=harmony**")
    unclear(page, 2).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("记下了")
    assert StepFeedback.objects.get().phone == "harmony"
    page.get_by_role("link", name="回到第 2 步").click()
    page.wait_for_url("**#step-2")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_broken_line_is_told_in_words(browser_page, width):
    page = browser_page(width=width)
    page.goto("/l/SCAN-2/")
    page.route("**/feedback/", lambda route: route.abort())
    unclear(page, 1).click()
    expect(page.locator('[data-step="1"] [role="status"]')).to_contain_text("没有送到")
    assert not StepFeedback.objects.exists()


def test_high_contrast_is_one_tap_away_and_stays(page):
    page.goto("/")
    page.locator("footer").get_by_role("button", name="高对比").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    page.goto("/courses/")
    expect(page.locator("html")).to_have_attribute("data-contrast", "high")
    button = page.locator("footer").get_by_role("button", name="高对比")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "standard")
