"""Every word a stream holds, with its place: read, and changed, in the stored form.

Content checks and find-and-replace walk the same way, and neither asks the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import blocks

from cms.blocks.chapter import SectionBlock
from cms.blocks.media import ScreenTextBlock
from cms.enums import PhoneKind


@dataclass(frozen=True)
class BlockText:
    """Words in a stream.

    ``path`` leads to them in the stored form; ``where`` says it in Chinese (第 3 步，做什么); ``block_id`` is
    the block an editor would jump to.
    """

    path: tuple
    where: str
    block_id: str
    block: blocks.Block
    words: str

    @property
    def is_screen(self) -> bool:
        """True for a text in the drawing language."""
        return isinstance(self.block, ScreenTextBlock)


@dataclass(frozen=True)
class Item:
    """A block of a stream with what readers call its place: 第 3 步."""

    place: int
    where: str
    type: str
    id: str
    value: Any


def items_of(stream_block: blocks.StreamBlock, raw: list[dict]) -> Iterator[Item]:
    """Yield the blocks of a stream. Steps are counted as readers count them: anew in every section."""
    section, step = "", 0
    for place, item in enumerate(raw):
        block = stream_block.child_blocks.get(item["type"])
        if block is None:
            continue
        if isinstance(block, SectionBlock):
            section, step = f"“{item['value']}”", 0
        step += item["type"] in {"step", "shared_step"}
        where = _name(block, item["type"], place, section, step, alone=len(raw) == 1)
        yield Item(place, where, item["type"], item.get("id") or "", item["value"])


def _name(block, kind: str, place: int, section: str, step: int, *, alone: bool) -> str:
    if kind in {"step", "shared_step"}:
        return f"{section}第 {step} 步"
    if kind == "question":
        return f"自测第 {place + 1} 题"
    return str(block.label) if alone else f"{block.label}（第 {place + 1} 块）"


def texts_in(stream_block: blocks.StreamBlock, raw: list[dict]) -> Iterator[BlockText]:
    """Yield every text a designer wrote in a stream, in order. Shared steps are not looked into."""
    for item in items_of(stream_block, raw):
        child = stream_block.child_blocks[item.type]
        yield from _texts(child, item.value, (item.place, "value"), item.where, item.id)


def put(raw: Any, path: tuple, words: str) -> None:
    """Write ``words`` at ``path`` into the stored form."""
    for step in path[:-1]:
        raw = raw[step]
    raw[path[-1]] = words


def _texts(block, raw, path: tuple, where: str, block_id: str) -> Iterator[BlockText]:
    if isinstance(block, blocks.StructBlock):
        yield from _in_struct(block, raw or {}, path, where, block_id)
    elif isinstance(block, blocks.ListBlock):
        yield from _in_list(block, raw or [], path, where, block_id)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and raw:
        yield BlockText(path, where, block_id, block, raw)


def _in_struct(block, raw: dict, path: tuple, where: str, block_id: str) -> Iterator[BlockText]:
    for name, child in block.child_blocks.items():
        # A picture's parts have names of their own, and a list names its items.
        own_name = not isinstance(child, blocks.ListBlock) and name != "picture"
        inner = f"{where}，{child.label}" if own_name else where
        yield from _texts(child, raw.get(name), (*path, name), inner, block_id)


def _in_list(block, raw: list, path: tuple, where: str, block_id: str) -> Iterator[BlockText]:
    for place, item in enumerate(raw):
        # Wagtail's newer form of a list has an id for each item; the older one is the bare values.
        wrapped = isinstance(item, dict) and "value" in item and "type" in item
        value = item["value"] if wrapped else item
        inner = (*path, place, "value") if wrapped else (*path, place)
        yield from _texts(block.child_block, value, inner, f"{where}，{_item_name(value, place)}", block_id)


def _item_name(value, place: int) -> str:
    phone = value.get("phone") if isinstance(value, dict) else ""
    return PhoneKind(phone).label if phone in PhoneKind.values else f"第 {place + 1} 条"
