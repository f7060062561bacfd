"""读给我听: with a voice, with a recording, and where the phone has neither."""

import re

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from cms.models import ContentDocument
from courses.models import LessonPage
from tests.journeys.voice import CANTONESE, NONE, finish, give_voice, read_to_the_end, spoken

LESSON = "/l/SCAN-2/"


@pytest.fixture
def read(page):
    """Open a lesson on a phone that speaks, and press the button."""

    def start(address: str = LESSON):
        give_voice(page)
        page.goto(address)
        page.get_by_role("button", name="读给我听").click()
        return page

    return start


def words_of_steps(page) -> str:
    """The words a reader sees in the steps, without the buttons below them."""
    shown = page.locator("main [data-step] .step-words, main [data-step] .different")
    return "".join(text for text in shown.all_inner_texts()).replace("\n", "")


def test_a_lesson_is_read_step_by_step_and_sentence_by_sentence(read):
    page = read()
    first_steps = [page.locator("h3:visible").nth(n).inner_text() for n in range(2)]
    assert spoken(page) == [f"第1步。{first_steps[0]}"]
    said = read_to_the_end(page)
    assert f"第2步。{first_steps[1]}" in said
    assert "钱和验证码，不告诉人。" in said
    assert not [words for words in said if "没看懂" in words or "看答案" in words]


def test_every_word_of_the_steps_is_read_and_none_is_lost_by_marking(page):
    give_voice(page)
    page.goto("/l/SCAN-5/")
    before = words_of_steps(page)
    page.get_by_role("button", name="读给我听").click()
    said = "".join(read_to_the_end(page))
    assert words_of_steps(page) == before
    for piece in page.locator("main [data-step] .look:visible").all_inner_texts():
        assert piece in said


def test_the_sentence_that_is_read_is_marked_by_more_than_colour(read):
    page = read()
    height = page.locator(".steps").bounding_box()["height"]
    marked = page.locator(".said")
    expect(marked).to_have_count(1)
    expect(marked).to_have_css("border-bottom-width", "4px")
    finish(page)
    expect(marked).to_have_text("您会看到：")
    expect(marked).to_have_count(1)
    page.get_by_role("button", name="停下").first.click()
    expect(marked).to_have_count(0)
    assert page.locator(".steps").bounding_box()["height"] == height


def test_only_the_readers_own_phone_is_read(read):
    page = read()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="苹果").click()
    page.evaluate("window.spoken.length = 0")
    page.get_by_role("button", name="读给我听").click()
    said = read_to_the_end(page)
    shown = page.locator("main h3.for-apple").all_text_contents()
    others = page.locator("main h3.for:not(.for-apple)").all_text_contents()
    assert shown
    assert others
    assert sum(words in "".join(said) for words in shown) == len(shown)
    steps = [words.partition("步。")[2] for words in said if re.match(r"第\d+步。", words)]
    assert len(steps) == page.locator("main [data-step]").count()
    assert steps == page.locator("main h3:visible").all_inner_texts()


def test_slow_is_remembered_on_the_next_page(read, page):
    read()
    page.get_by_role("button", name="慢一点").click()
    # The sentence begins again, slowly.
    assert page.evaluate("window.spoken.map(words => words.rate)") == [1, 0.7]
    assert len(set(spoken(page))) == 1
    page.goto("/l/SCAN-1/")
    page.get_by_role("button", name="读给我听").click()
    expect(page.get_by_role("button", name="慢一点")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.spoken[0].rate") == 0.7


def test_it_stops_by_button_by_key_and_by_leaving(read, page):
    read()
    page.get_by_role("button", name="停下").last.click()
    expect(page.locator(".aloud-bar")).to_be_hidden()
    expect(page.get_by_role("button", name="读给我听")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".aloud-bar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".aloud-bar")).to_be_hidden()
    finish(page)
    assert len(spoken(page)) == 2
    page.get_by_role("button", name="读给我听").click()
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    expect(page.locator(".aloud-bar")).to_be_hidden()


def test_one_step_can_be_read_alone(page):
    give_voice(page)
    page.goto(LESSON)
    third = page.locator('[data-step="3"]')
    third.get_by_role("button", name="读这一步").click()
    said = read_to_the_end(page)
    assert said[0].startswith("第3步。")
    assert not [words for words in said if words.startswith(("第4步", "第2步"))]


def test_nothing_is_read_unasked(page):
    give_voice(page)
    page.goto(LESSON)
    page.mouse.wheel(0, 900)
    assert spoken(page) == []


@pytest.mark.parametrize("voices", [NONE, CANTONESE])
def test_without_a_mandarin_voice_there_is_no_button(page, voices):
    give_voice(page, voices)
    page.goto(LESSON)
    expect(page.get_by_role("button", name="没看懂").first).to_be_visible()
    expect(page.get_by_role("button", name="读给我听")).to_have_count(0)
    expect(page.get_by_role("button", name="读这一步")).to_have_count(0)


def test_a_voice_that_comes_late_moves_nothing(page):
    give_voice(page, NONE)
    page.goto(LESSON)
    before = page.locator('[data-step="2"]').bounding_box()
    page.evaluate("window.bring([{ lang: 'zh_CN', name: 'late' }])")
    expect(page.get_by_role("button", name="读给我听")).to_be_visible()
    assert page.locator('[data-step="2"]').bounding_box() == before


def test_without_scripts_there_is_no_button(browser_page):
    page = browser_page(javascript=False)
    page.goto(LESSON)
    expect(page.get_by_role("button", name="没看懂").first).to_be_visible()
    expect(page.get_by_role("button", name="读给我听")).to_have_count(0)


@pytest.fixture
def recorded_lesson(demo_site):
    """A lesson whose second step was recorded."""
    recording = ContentDocument.objects.create(title="录音", file=ContentFile(b"ID3", "two.mp3"))
    lesson = LessonPage.objects.get(code="SCAN-2")
    own = [
        {"type": "step", "value": {"do": "打开微信。", "look": "看到单子。"}},
        {"type": "step", "value": {"do": "点右上角。", "look": "出来一张单子。", "recording": recording.pk}},
        {"type": "step", "value": {"do": "点“好”。"}},
    ]
    LessonPage.objects.filter(pk=lesson.pk).update(steps=own)
    return lesson


PLAYS = """
window.played = 0;
HTMLMediaElement.prototype.play = function () { window.played += 1; window.tape = this; return Promise.resolve(); };
"""


def test_a_recording_goes_before_the_voice(page, recorded_lesson):
    give_voice(page)
    page.add_init_script(PLAYS)
    page.goto(recorded_lesson.url)
    page.get_by_role("button", name="读给我听").click()
    finish(page, 3)
    assert page.evaluate("window.played") == 1
    expect(page.locator(".said")).to_have_text("点右上角。")
    page.evaluate("window.tape.onended()")
    assert spoken(page)[-1] == "第3步。点“好”。"
    assert not [words for words in spoken(page) if "点右上角" in words]


def test_where_there_is_no_voice_the_recordings_are_played(page, recorded_lesson):
    give_voice(page, NONE)
    page.add_init_script(PLAYS)
    page.goto(recorded_lesson.url)
    page.get_by_role("button", name="读给我听").click()
    assert page.evaluate("window.played") == 1
    page.evaluate("window.tape.onended()")
    expect(page.locator(".aloud-bar")).to_be_hidden()
    assert spoken(page) == []


def test_the_voices_script_is_fetched_only_where_it_can_be_heard(page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    give_voice(page, NONE)
    page.goto(LESSON)
    page.wait_for_load_state("load")
    assert not [url for url in fetched if "read-aloud" in url]
    page.evaluate("window.bring([{ lang: 'zh-CN', name: 'late' }])")
    expect(page.get_by_role("button", name="读给我听")).to_be_visible()
    assert len([url for url in fetched if "read-aloud" in url]) == 1
