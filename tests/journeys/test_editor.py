"""A course designer at work in a real browser: writes a lesson, loses nothing, meets a colleague in it."""

import pytest
from playwright.sync_api import Page, expect

from cms.models import SharedStep
from courses.models import LessonPage
from handbook.models import ChapterPage
from tests.factories.pages import a_chapter, a_lesson, drawn_step, stream

WIDE = 1280
SLOW = 60_000  # the editor is large, and the machine may be busy


# Notes what the form holds as soon as the first step stands in it, long before the others do.
HELD = r"""
const held = () => [...new FormData(document.querySelector("[data-edit-form]"))].filter(([name]) =>
  /^(steps|body)-(count|.*(id|order|type|deleted|do|look|phone|screen|kind|text|red_line))$/.test(name));
"""
SEND_EARLY = """
new MutationObserver((_, waiting) => {
  const standing = document.querySelectorAll(".step-form").length;
  if (!standing) return;
  waiting.disconnect();
  window.early = {standing, sent: held()};
}).observe(document, {childList: true, subtree: true});
"""


@pytest.fixture
def designer(browser_page):
    """A function that opens a window in which somebody is logged in."""

    def open_window(who: str = "designer") -> Page:
        page = browser_page(width=WIDE)
        page.context.set_default_timeout(SLOW)
        page.goto("/admin/login/", wait_until="domcontentloaded")
        page.locator("#id_username").fill(who)
        page.locator("#id_password").fill(f"suishen-demo-{who}")
        page.locator("#id_password").press("Enter")
        page.wait_for_url("**/admin/", wait_until="domcontentloaded")
        return page

    return open_window


def new_lesson(page: Page, title: str, start: str = "空白") -> int:
    """Make a lesson and arrive in its editor; return its number."""
    page.goto("/admin/courses/new-lesson/", wait_until="domcontentloaded")
    page.get_by_label("题目").fill(title)
    page.get_by_label(start).check()
    page.get_by_role("button", name="开始写").click()
    page.wait_for_url("**/edit/", wait_until="domcontentloaded")
    page.locator(".step-form").first.wait_for()
    return int(page.url.rstrip("/").split("/")[-2])


def edit(page: Page, number: int) -> None:
    page.goto(f"/admin/pages/{number}/edit/", wait_until="domcontentloaded")
    page.locator(".step-form").first.wait_for()


def screen_of(page: Page, step: int):
    """The screen text of a step (from 0), fitted out because it is in sight."""
    page.locator(".step-form-main .part-screen").nth(step).scroll_into_view_if_needed()
    area = page.locator(".step-form-main .screen-paper textarea").nth(step)
    area.wait_for()
    return area


def drawing_of(page: Page, step: int):
    return page.locator(".step-form-main .screen-image").nth(step)


def saving(page: Page):
    """Wait, inside, until Wagtail has saved a draft by itself."""
    return page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/") and answer.ok,
        timeout=SLOW,
    )


def sent(page: Page):
    """Wait, inside, until a button has sent the form and the form was taken."""
    return page.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url and answer.status < 400,
        timeout=SLOW,
    )


def told_of_a_colleague(page: Page) -> None:
    """Wait until the window has heard who else saved, with its next call: only then it asks before it overwrites."""
    expect(page.locator(".w-editing-sessions__session--saved").first).to_be_attached(timeout=SLOW)


def draft_of(number: int) -> LessonPage:
    return LessonPage.objects.get(pk=number).get_latest_revision_as_object()


def test_screen_is_drawn_while_it_is_typed(designer):
    page = designer()
    new_lesson(page, "画一画")
    area = screen_of(page, 0)
    page.get_by_role("button", name="手机桌面").click()
    expect(drawing_of(page, 0)).to_have_attribute("alt", "手机桌面，红圈圈住第2排中间的“微信”。")
    first = drawing_of(page, 0).get_attribute("src")
    area.press("Control+End")
    area.press("Enter")
    area.type("列标 大女儿")
    faults = page.locator(".screen-faults li")
    expect(faults).to_contain_text("第 4 行：没有“列标”这个控件，是不是想写“列表”？")
    expect(page.locator(".screen-lines .is-wrong")).to_have_text("4")
    assert drawing_of(page, 0).get_attribute("src") == first
    faults.get_by_role("button", name="第 4 行").click()
    page.keyboard.type("撕口")
    expect(faults).to_have_count(0)
    expect(drawing_of(page, 0)).not_to_have_attribute("src", first)


def test_lines_and_the_circle_are_put_in_by_buttons_and_taken_back(designer):
    page = designer()
    new_lesson(page, "点一点")
    area = screen_of(page, 0)
    bar = page.locator(".screen-bar").first
    bar.get_by_role("button", name="标题栏").click()
    page.keyboard.type("微信 | +")
    bar.get_by_role("button", name="更多…").click()
    bar.get_by_role("button", name="撕口").click()
    bar.get_by_role("button", name="列表").click()
    page.keyboard.type("大女儿")
    bar.get_by_role("button", name="点这里").click()
    expect(area).to_have_value("标题栏 微信 | +\n列表 大女儿 *\n撕口")
    area.press("Control+z")
    expect(area).to_have_value("标题栏 微信 | +\n列表 大女儿\n撕口")


def test_every_word_is_there_after_the_window_is_gone(designer):
    page = designer()
    number = new_lesson(page, "不会丢")
    area = screen_of(page, 0)
    with saving(page):
        page.get_by_label("做什么").fill("点“发现”。")
    with saving(page):
        # Half a line: nothing that could be drawn.
        area.fill("标题栏 微信\n列")
    page.context.close()
    again = designer()
    edit(again, number)
    expect(again.get_by_label("做什么")).to_have_value("点“发现”。")
    expect(screen_of(again, 0)).to_have_value("标题栏 微信\n列")
    assert not LessonPage.objects.get(pk=number).live


def test_nobody_overwrites_a_colleague_unawares(designer):
    first, second = designer("designer"), designer("admin")
    number = new_lesson(first, "两个人写")
    edit(second, number)
    with saving(first):
        first.get_by_label("做什么").fill("先来的话。")
    with second.expect_response(lambda answer: answer.request.method == "POST" and answer.status >= 400):
        second.get_by_label("做什么").fill("后来的话。")
    assert draft_of(number).steps[0].value["do"] == "先来的话。"
    told_of_a_colleague(second)
    second.get_by_role("button", name="保存草稿").click()
    dialog = second.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert draft_of(number).steps[0].value["do"] == "先来的话。"
    expect(second.get_by_label("做什么")).to_have_value("后来的话。")


def test_who_overwrites_a_colleague_leaves_both_versions_in_the_history(designer):
    first, second = designer("designer"), designer("admin")
    number = new_lesson(first, "两个人写")
    edit(second, number)
    with saving(first):
        first.get_by_label("做什么").fill("先来的话。")
    with second.expect_response(lambda answer: answer.request.method == "POST" and answer.status >= 400):
        second.get_by_label("做什么").fill("后来的话。")
    expect(second.locator("footer")).to_contain_text("有人保存过更新的版本", timeout=SLOW)
    told_of_a_colleague(second)
    second.get_by_role("button", name="保存草稿").click()
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("的改动会被盖掉", timeout=SLOW)
    with sent(second):
        dialog.get_by_role("button", name="保存草稿").click()
    assert draft_of(number).steps[0].value["do"] == "后来的话。"
    *_, theirs, mine = LessonPage.objects.get(pk=number).revisions.order_by("pk")
    assert mine.as_object().steps[0].value["do"] == "后来的话。"
    first.goto(f"/admin/pages/{number}/revisions/{theirs.pk}/revert/", wait_until="domcontentloaded")
    expect(first.get_by_label("做什么")).to_have_value("先来的话。")


def test_step_becomes_a_shared_one_and_back(designer):
    page = designer()
    new_lesson(page, "共用")
    page.get_by_label("做什么").fill("点“发现”。")
    page.get_by_role("button", name="改成共用步骤…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("名称")).to_have_value("点“发现”")
    dialog.get_by_label("名称").fill("点发现")
    dialog.get_by_role("button", name="改成共用步骤").click()
    expect(page.get_by_role("button", name="改成这一课自己的步骤")).to_be_visible()
    assert SharedStep.objects.get(title="点发现").step["do"] == "点“发现”。"
    page.get_by_role("button", name="改成这一课自己的步骤").click()
    expect(page.locator(".step-form:visible").get_by_label("做什么")).to_have_value("点“发现”。")


def test_lesson_of_three_steps_from_nothing(designer):
    page = designer()
    number = new_lesson(page, "打开微信")
    page.locator("#id_goal").fill("会打开微信。")
    for place, words in enumerate(["点“微信”。", "点“发现”。", "点“扫一扫”。"]):
        if place:
            step_before = page.locator("[data-streamfield-child]:has(.step-form)").last
            step_before.locator("[data-streamfield-action=DUPLICATE]").first.click()
            expect(page.locator(".step-form")).to_have_count(place + 1)
        step = page.locator(".step-form").nth(place)
        step.get_by_label("做什么").fill(words)
        if not place:
            screen_of(page, 0)
            page.get_by_role("button", name="手机桌面").click()
    with page.expect_response(
        lambda answer: "点得太快。" in (answer.request.post_data_buffer or b"").decode() and answer.ok
    ):
        page.locator("#id_usual_mistake").fill("点得太快。")
    draft = draft_of(number)
    assert [block.value["do"] for block in draft.steps] == ["点“微信”。", "点“发现”。", "点“扫一扫”。"]
    assert len({block.id for block in draft.steps}) == 3
    assert all("微信 *" in block.value["picture"]["screen"] for block in draft.steps)
    page.locator("footer .w-dropdown__toggle, footer [aria-expanded]").last.click()
    with sent(page):
        page.get_by_role("button", name="送审").click()
    reviewer = designer("reviewer")
    expect(reviewer.get_by_role("link", name="打开微信").first).to_be_visible()


def test_finding_behind_another_tab_is_gone_to(designer):
    page = designer()
    edit(page, new_lesson(page, "打开微信"))
    page.locator(".checks-found summary").click()
    page.locator(".checks-found a[href='#id_checked_on']").click()
    expect(page.locator("#id_checked_on")).to_be_focused()
    expect(page.locator("#id_checked_on")).to_be_in_viewport()


def a_long_lesson() -> LessonPage:
    variant = {"phone": "apple", "do": "点右上角的加号。"}
    return a_lesson(
        live=False, steps=stream(*(drawn_step(do=f"第{n}个。", variants=[variant]) for n in range(6)))
    )


def a_chapter_with_rules() -> ChapterPage:
    rules = [
        ("rule", {"title": f"第{n}条", "text": "说明。", "red_line": red})
        for n, red in enumerate((True, False))
    ]
    return a_chapter(live=False, body=stream(drawn_step(), *rules))


@pytest.mark.parametrize("a_page", [a_long_lesson, a_chapter_with_rules])
def test_form_sent_before_all_steps_have_arrived_holds_them_all(designer, a_page):
    page = designer()
    page.add_init_script(HELD + SEND_EARLY)
    made = a_page()
    edit(page, made.pk)
    steps = made.steps if isinstance(made, LessonPage) else made.body
    expect(page.locator("[name='steps-count'], [name='body-count']")).to_have_value(str(len(steps)))
    early = page.evaluate("window.early")
    assert early["standing"] == 1
    assert sorted(early["sent"]) == sorted(page.evaluate(f"() => {{ {HELD} return held() }}"))


def test_long_lesson_is_not_saved_by_being_looked_at(designer):
    page = designer()
    lesson = a_long_lesson()
    edit(page, lesson.pk)
    expect(page.locator(".step-form")).to_have_count(6)
    page.wait_for_timeout(5000)
    assert lesson.revisions.count() == 1
    with saving(page):
        page.locator("#id_goal").fill("会写完。")
    assert [block.value["do"] for block in draft_of(lesson.pk).steps] == [f"第{n}个。" for n in range(6)]


def test_step_an_address_leads_to_is_there_at_once(designer):
    page = designer()
    lesson = a_long_lesson()
    last = draft_of(lesson.pk).steps[5].id
    page.goto(f"/admin/pages/{lesson.pk}/edit/#block-{last}-section", wait_until="load")
    expect(page.locator(f"[data-contentpath='{last}']").get_by_label("做什么").first).to_be_in_viewport()
