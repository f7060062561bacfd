"""What changed between two lists of steps, in sentences: complete, in order, and nothing where nothing changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.services.changes import Item, difference, part_changes, stream_changes

words = st.text(st.sampled_from("点按看扫码好一二三\n"), max_size=6)
parts = st.dictionaries(st.sampled_from(["做什么", "您会看到", "图，画屏幕"]), words.filter(bool), max_size=3)


def numbered(blocks) -> list[Item]:
    """Steps of these (id, parts), named by their place."""
    return [Item(id_, f"第 {n} 步", f"题{id_}", said) for n, (id_, said) in enumerate(blocks, start=1)]


streams = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), parts), max_size=6, unique_by=lambda block: block[0]
)


def step(id_: str, number: int, **said) -> Item:
    return Item(id_, f"第 {number} 步", said.get("做什么", ""), said)


@given(streams)
def test_nothing_changed_nothing_is_said(blocks):
    assert stream_changes(numbered(blocks), numbered(blocks)) == []


@given(streams, streams)
def test_every_new_and_every_missing_step_is_named(before, after):
    told = stream_changes(numbered(before), numbered(after))
    old, new = {id_ for id_, _ in before}, {id_ for id_, _ in after}
    added = {match[1] for line in told if (match := re.match("新加.*“题(.)”", line))}
    removed = {match[1] for line in told if (match := re.match("去掉了原来的.*“题(.)”", line))}
    assert (added, removed) == (new - old, old - new)


@given(streams, streams)
def test_a_kept_step_is_told_part_by_part(before, after):
    told = stream_changes(numbered(before), numbered(after))
    was = dict(before)
    for number, (id_, said) in enumerate(after, start=1):
        names = {name for name in {*said, *was.get(id_, {})} if said.get(name) != was.get(id_, {}).get(name)}
        spoken = {line.split("：")[0] for line in told if line.startswith(f"第 {number} 步，")}
        assert spoken == ({f"第 {number} 步，{name}" for name in names} if id_ in was else set())


@given(streams, st.randoms())
def test_a_new_order_is_told_by_moves_alone(blocks, random):
    mixed = random.sample(blocks, len(blocks))
    told = stream_changes(numbered(blocks), numbered(mixed))
    assert all("挪到了" in line for line in told)
    assert bool(told) == (mixed != blocks)
    assert len(told) < max(len(blocks), 1)


def test_one_step_moved_is_one_move():
    blocks = [(id_, {}) for id_ in "abcde"]
    after = [blocks[4], *blocks[:4]]
    assert stream_changes(numbered(blocks), numbered(after)) == ["原来的第 5 步挪到了第 1 步：“题e”"]


def test_a_step_in_the_middle_pushes_the_others_without_a_word():
    before, after = [("a", {}), ("b", {})], [("a", {}), ("c", {}), ("b", {})]
    assert stream_changes(numbered(before), numbered(after)) == ["新加第 2 步：“题c”"]


def test_changed_words_are_told_as_was_and_is():
    before, after = [step("a", 3, 做什么="点加号。")], [step("a", 3, 做什么="点三个点。")]
    assert stream_changes(before, after) == ["第 3 步，做什么：原来“点加号。”，现在“点三个点。”"]


def test_steps_that_lost_their_ids_are_known_by_their_words():
    before = [step("a", 1, 做什么="打开微信。"), step("b", 2, 做什么="点加号。")]
    after = [step("x", 1, 做什么="打开微信。", 您会看到="聊天。"), step("y", 2, 做什么="点加号。")]
    assert stream_changes(before, after) == ["第 1 步，您会看到：加上了“聊天。”"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "好。", "加上了“好。”"),
        ("好。", "", "去掉了“好。”"),
        ("点“我的”。", "点“设置”。", "原来“点‘我的’。”，现在“点‘设置’。”"),
        ("标题栏 微信\n列表 老张", "标题栏 微信\n列表 小李", "第 2 行原来“列表 老张”，现在“列表 小李”"),
        ("标题栏 微信\n撕口", "标题栏 微信\n列表 老张\n撕口", "加上了第 2 行“列表 老张”"),
        ("一\n二\n三", "三", "去掉了原来的第 1 到 2 行“一 / 二”"),
        ("一\n二", "一\r\n二", "换行变了"),
    ],
)
def test_difference(before, after, told):
    assert difference(before, after) == told


def test_parts_are_told_in_their_own_order():
    told = part_changes({"目标": "会扫。", "分钟": "10"}, {"目标": "会付。", "提醒": "小心。"})
    assert [line.split("：")[0] for line in told] == ["目标", "分钟", "提醒"]
