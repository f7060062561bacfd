"""A chapter's one numbered form, which screen, print and off-line edition will share."""

import pytest

from handbook.services.assembly import chapter_parts
from tests.factories.pages import a_chapter, a_shared_step, drawn_step, shared, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db

RULE = ("rule", {"title": "不代输密码", "text": "您转过身去。"})
CAUTION = ("caution", {"kind": "scam", "text": "不信。"})


def parts_of(*blocks, number=4):
    return chapter_parts(a_chapter(number=number, body=stream(*blocks)))


def test_sections_are_numbered_within_the_chapter():
    parts = parts_of(("section", "一"), step(), ("section", "二"), step(), number=7)
    assert [(part.number, part.heading, part.anchor) for part in parts] == [
        ("7-1", "一", "s7-1"),
        ("7-2", "二", "s7-2"),
    ]


def test_steps_count_from_one_in_each_section():
    parts = parts_of(step("甲"), ("section", "一"), step("乙"), step("丙"), ("section", "二"), step("丁"))
    numbered = [(item.step.number, item.step.anchor) for part in parts for item in part.items]
    assert numbered == [(1, "step-1"), (1, "step-1-1"), (2, "step-1-2"), (1, "step-2-1")]


def test_rules_count_through_the_chapter():
    parts = parts_of(RULE, ("section", "一"), RULE, ("section", "二"), RULE, number=5)
    assert [item.number for part in parts for item in part.items] == ["5-1", "5-2", "5-3"]


def test_every_kind_of_block_finds_its_place():
    blocks = [("paragraph", "话。"), ("points", ["一", "二"]), CAUTION, RULE, drawn_step()]
    (part,) = parts_of(("section", "开头"), *blocks)
    assert [item.kind for item in part.items] == ["paragraph", "points", "caution", "rule", "step"]
    paragraph, points, caution, rule, step_ = part.items
    assert (paragraph.text, points.points) == ("话。", ["一", "二"])
    assert (caution.caution.heading, caution.caution.text) == ("这是骗子常用的话", "不信。")
    assert (rule.title, rule.text) == ("不代输密码", "您转过身去。")
    assert step_.step.pictures


def test_what_stands_before_the_first_section_has_no_number():
    first, second = parts_of(("paragraph", "开头。"), ("section", "一"), ("paragraph", "后来。"))
    assert (first.number, first.heading, second.number) == ("", "", "4-1")


def test_empty_section_keeps_its_number():
    assert [part.number for part in parts_of(("section", "一"), ("section", "二"), step())] == ["4-1", "4-2"]


def test_unpublished_shared_step_leaves_no_gap():
    shown, hidden = a_shared_step(), a_shared_step()
    chapter = a_chapter(body=stream(("section", "一"), shared(hidden), shared(shown)))
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    (part,) = chapter_parts(type(chapter).objects.get(pk=chapter.pk))
    assert [item.step.number for item in part.items] == [1]


def test_anchors_on_the_page_are_where_links_lead(client):
    chapter = a_chapter(body=stream(("section", "一"), step(), RULE, ("section", "二"), step()))
    html = parsed(client.get(chapter.url))
    anchors = [tag["id"] for tag in html.all("main [id]")]
    assert len(anchors) == len(set(anchors))
    assert {link["href"][1:] for link in html.all('.contents a[href^="#"]')} <= set(anchors)
    assert html.all(".contents a")
