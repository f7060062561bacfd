"""Two versions of a real page in words: every kind of field and block is named as its editor knows it."""

import datetime
import json

import pytest

from cms.enums import Scenario
from cms.models import ScenarioPage
from cms.services.versions import changes_between, published_version
from tests.factories.images import an_image
from tests.factories.pages import (
    a_chapter,
    a_lesson,
    a_shared_step,
    drawn_step,
    photo_step,
    shared,
    step,
    stream,
)

pytestmark = pytest.mark.django_db


def changed(page, change) -> list[str]:
    """Return what is told after ``change(draft)`` was saved as a draft."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    change(draft)
    after = draft.save_revision(clean=False).as_object()
    return changes_between(published_version(type(page).objects.get(pk=page.pk)), after)


def with_values(**values):
    def change(draft):
        for name, value in values.items():
            setattr(draft, name, value)

    return change


def with_steps(edit, field: str = "steps"):
    """Change the stored blocks, keeping their ids as the editor does."""

    def change(draft):
        blocks = list(getattr(draft, field).get_prep_value())
        edit(blocks)
        setattr(draft, field, json.dumps(blocks))

    return change


@pytest.mark.parametrize("make", [a_lesson, a_chapter, a_shared_step])
def test_what_is_on_line_does_not_differ_from_itself(make):
    thing = make()
    assert changed(thing, lambda draft: None) == []


def test_plain_fields_are_named_and_said_in_words():
    lesson = a_lesson(goal="自己会扫。", minutes=15)
    told = changed(
        lesson,
        with_values(
            goal="自己会付。",
            main_scenario="phone",
            touches_money_or_privacy=True,
            review_by=datetime.date(2027, 3, 1),
            change_note="不算内容。",
        ),
    )
    assert set(told) == {
        "目标：原来“自己会扫。”，现在“自己会付。”",
        "主要场景：原来“扫码”，现在“用机”",
        "涉及钱或个人信息：原来“否”，现在“是”",
        "下次核对：加上了“2027年3月1日”",
    }


def test_scenarios_and_topics_are_named():
    lesson = a_lesson()

    def change(draft):
        draft.also_scenarios = list(ScenarioPage.objects.filter(scenario__in=[Scenario.CHAT, Scenario.PHONE]))
        draft.topics.add("微信")

    assert changed(lesson, change) == ["也涉及的场景：加上了“用机、聊天”", "主题词：加上了“微信”"]


def test_steps_come_go_move_and_change():
    lesson = a_lesson(steps=stream(step("一。"), step("二。"), drawn_step("标题栏 微信\n撕口", caution={})))

    def edit(blocks):
        blocks[2]["value"]["picture"]["screen"] = "标题栏 微信\n列表 老张\n撕口"
        blocks[0], blocks[1] = blocks[1], blocks[0]
        blocks.append({"type": "step", "value": {"do": "新的。"}})

    told = changed(lesson, with_steps(edit))
    assert (
        told[0] in {"原来的第 2 步挪到了第 1 步：“二。”", "原来的第 1 步挪到了第 2 步：“一。”"}
        or len(told) == 3
    )
    assert "第 3 步，图，画屏幕：加上了第 2 行“列表 老张”" in told
    assert "新加第 4 步：“新的。”" in told
    assert sum("挪到了" in line for line in told) == 1
    assert len(told) == 3


def test_another_shared_step_is_named():
    first, second = a_shared_step(title="打开微信"), a_shared_step(title="打开支付宝")
    lesson = a_lesson(steps=stream(shared(first)))
    told = changed(lesson, with_steps(lambda blocks: blocks[0].update(value=second.pk)))
    assert told == ["第 1 步，共用步骤：原来“打开微信”，现在“打开支付宝”"]


def test_cautions_screenshots_and_other_phones_are_named():
    lesson = a_lesson(steps=stream(photo_step(an_image("旧图"))), safety_note="小心。")
    new = an_image("新图")

    def edit(blocks):
        blocks[0]["value"]["picture"]["screenshot"] = new.pk
        blocks[0]["value"]["caution"] = {"kind": "money", "text": "看清多少钱。"}
        apple = {"phone": "apple", "do": "点“好”。"}
        blocks[0]["value"]["variants"] = [{"type": "item", "id": "one", "value": apple}]

    told = changed(lesson, with_steps(edit))
    assert "第 1 步，图，截图：原来“旧图”，现在“新图”" in told
    assert "第 1 步，提醒，哪一种：加上了“钱”" in told
    assert "第 1 步，提醒，提醒的话：加上了“看清多少钱。”" in told
    assert "第 1 步，苹果，做什么：加上了“点‘好’。”" in told


def test_a_chapters_steps_are_counted_below_their_heading():
    chapter = a_chapter(body=stream(("section", "打开"), step("一。"), ("section", "关上"), step("二。")))

    def edit(blocks):
        blocks[3]["value"]["do"] = "三。"

    told = changed(chapter, with_steps(edit, "body"))
    assert told == ["“关上”第 1 步，做什么：原来“二。”，现在“三。”"]


def test_a_shared_steps_own_words():
    thing = a_shared_step(body=step("一。"))
    told = changed(thing, with_steps(lambda blocks: blocks[0]["value"].update(do="二。"), "body"))
    assert told == ["第 1 步，做什么：原来“一。”，现在“二。”"]


def test_what_was_never_published_has_no_version_before():
    assert published_version(a_lesson(live=False)) is None


def test_line_ends_of_a_browser_are_no_change():
    page = a_lesson(teaching_notes="准备纸。\n再练一遍。")
    assert changed(page, with_values(teaching_notes="准备纸。\r\n再练一遍。\r\n")) == []
