"""The checks see every page and shared step in the version its editors see, without asking again for each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import HomePage, JargonWord, StandardPage
from cms.services.checking import check_all, check_one
from cms.services.jargon import FIRST_WORDS, ensure_jargon
from tests.factories.images import an_image
from tests.factories.pages import (
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    photo_step,
    shared,
    step,
    stream,
)

TODAY = date(2026, 11, 24)


def found(content) -> dict[str, str]:
    """What is found on one page: where → message."""
    return {finding.spot.where: finding.message for finding in check_one(content, today=TODAY)}


def sheet_of(content):
    return next(sheet for sheet in check_all(today=TODAY) if sheet.content == content)


def codes(content) -> set[str]:
    return {finding.check for finding in check_one(content, today=TODAY)}


def test_every_place_of_a_lesson_is_named_as_its_author_sees_it():
    variant = {"phone": "apple", "do": "点击苹果。", "look": ""}
    lesson = a_lesson(
        goal="会看界面。",
        steps=stream(
            drawn_step(),
            step("点击它。", caution={"kind": "money", "text": "不要点击。"}, variants=[variant]),
        ),
        questions=stream(("question", {"question": "点击哪里？", "answer": "点击加号。"})),
        safety_note="别乱点击。",
    )
    jargon = {f.spot.where for f in check_one(lesson, today=TODAY) if f.check == "jargon"}
    assert jargon == {
        "目标",
        "第 2 步，做什么",
        "第 2 步，提醒，提醒的话",
        "第 2 步，苹果，做什么",
        "自测第 1 题，问",
        "自测第 1 题，答",
        "防骗提示",
    }


def test_steps_of_a_chapter_are_counted_in_their_section():
    body = stream(
        ("section", "打开"), step(), ("section", "付款"), step(), step("点击它。"), ("paragraph", "看界面。")
    )
    where = set(found(a_chapter(body=body)))
    assert {"“付款”第 2 步，做什么", "一段话（第 6 块）"} <= where


def test_a_finding_leads_to_its_block():
    lesson = a_lesson(steps=stream(step("点击它。")))
    (finding,) = [each for each in check_one(lesson, today=TODAY) if each.check == "jargon"]
    assert finding.spot.anchor == f"block-{lesson.steps[0].id}-section"


def test_the_screens_own_words_are_no_jargon():
    assert "jargon" not in codes(a_lesson(steps=stream(drawn_step("标题栏 登录 | +\n按钮 授权 *"))))


def test_teaching_notes_are_for_teachers():
    assert "jargon" not in codes(a_lesson(teaching_notes="打开后台的界面。"))


def test_the_draft_is_looked_at_not_what_readers_see():
    lesson = a_lesson(goal="会看界面。")
    assert "jargon" in codes(lesson)
    lesson.goal = "会看屏幕。"
    lesson.save_revision()
    lesson.refresh_from_db()
    assert "jargon" not in codes(lesson)
    sheet = sheet_of(lesson)
    assert "jargon" not in {finding.check for finding in sheet.findings}
    assert sheet.state == "在线，有草稿"


def test_a_caution_after_a_step_of_a_chapter_guards_it():
    pay, caution = step("点“付款”。"), ("caution", {"kind": "money", "text": "先看清楚。"})
    assert "money" in codes(a_chapter(body=stream(pay)))
    assert "money" not in codes(a_chapter(body=stream(pay, caution)))


def test_a_shared_step_is_judged_where_it_is_written():
    shared_step = a_shared_step(body=step("点击“付款”。"))
    lesson = a_lesson(steps=stream(shared(shared_step)))
    assert {"jargon", "money"} <= codes(shared_step)
    assert not {"jargon", "money"} & codes(lesson)
    # But a lesson that shows it touches money.
    lesson.safety_note = ""
    lesson.save_revision()
    lesson.refresh_from_db()
    assert "防骗提示" in found(lesson)


def test_a_screenshot_without_words_is_found_also_on_a_variant():
    bare = {"screen": "", "screenshot": an_image().pk, "alt": ""}
    lesson = a_lesson(steps=stream(step(variants=[{"phone": "apple", "picture": bare}])))
    assert "截图没有文字说明。" in {f.message for f in check_one(lesson, today=TODAY)}
    image = an_image()
    image.description = "微信第一页"
    image.save()
    photo = photo_step(image)
    assert "alt" not in codes(a_lesson(steps=stream(photo)))


def standard_page(*blocks) -> StandardPage:
    page = HomePage.the_one().add_child(instance=StandardPage(title="关于", body=stream(*blocks)))
    page.save_revision().publish()
    return page


def test_links_that_lead_nowhere_are_found():
    gone, hidden, there = a_lesson(), a_lesson(live=False), a_lesson()
    links = [
        ("link", {"text": f"去{n}", "page": page.pk, "url": ""})
        for n, page in enumerate((gone, hidden, there))
    ]
    page = standard_page(*links)
    gone.delete()
    assert set(found(page).values()) == {
        "链接“去0”指的那一页已经删了。",
        "链接“去1”指的那一页没有在线。",
    }


def test_short_addresses_that_do_not_exist_are_found():
    there = a_lesson()
    page = standard_page(("paragraph", f"看 /l/{there.code}/，或看 /l/scan-999/。"))
    assert list(found(page).values()) == ["链接“/l/scan-999/”没有这个编号。"]


def test_a_shared_step_nobody_approved_is_found():
    waiting = a_shared_step(live=False, title="等着的")
    lesson = a_lesson(live=False, steps=stream(shared(waiting)))
    assert "链接“共用步骤 等着的”还没有发布。" in found(lesson).values()


def test_unused_shared_steps_are_found_and_drafts_use_too():
    unused, used, drafted = a_shared_step(), a_shared_step(), a_shared_step()
    a_lesson(steps=stream(shared(used)))
    page = a_lesson()
    page.steps = stream(shared(drafted))
    page.save_revision()
    found_unused = {
        sheet.content for sheet in check_all(today=TODAY) if "unused" in {f.check for f in sheet.findings}
    }
    assert found_unused == {unused}


def test_a_sheet_says_what_it_is_about():
    module = a_module(title="扫码")
    lesson = a_lesson(module, title="扫一扫")
    sheet = sheet_of(lesson)
    assert sheet.title == f"{lesson.code} 扫一扫"
    assert (sheet.kind, sheet.belongs_to, sheet.state) == ("课时", "扫码", "在线")
    assert sheet_of(module).belongs_to == "扫码"


def everything(number: int) -> None:
    for _ in range(number):
        page = a_lesson(steps=stream(shared(a_shared_step()), photo_step(an_image()), step("点击它。")))
        page.save_revision()
        a_chapter(live=False)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_no_query_for_each_page():
    counts = []
    for number in (1, 3):
        everything(number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check_all(today=TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_first_words_are_put_into_an_empty_list_only():
    assert JargonWord.objects.count() == len(FIRST_WORDS)
    JargonWord.objects.exclude(word="界面").delete()
    ensure_jargon()
    assert JargonWord.objects.count() == 1


@pytest.mark.usefixtures("demo_site")
def test_the_first_edition_has_nothing_to_mend():
    findings = {sheet.title: [f.message for f in sheet.findings] for sheet in check_all(today=TODAY)}
    assert len(findings) > 30
    assert {title: messages for title, messages in findings.items() if messages} == {}
