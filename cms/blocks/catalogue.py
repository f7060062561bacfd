"""The catalogue of blocks in the designers' guide, made from the blocks so that it is never out of date."""

from collections.abc import Iterator

from wagtail import blocks

from cms.blocks.chapter import ChapterBodyBlock
from cms.blocks.links import HotlinesBlock
from cms.blocks.quiz import QuestionsBlock
from cms.blocks.steps import SharedStepBodyBlock, StepsBlock
from cms.blocks.text import StandardBodyBlock

PLACES: dict[str, type[blocks.StreamBlock]] = {
    "课时的步骤": StepsBlock,
    "共用步骤": SharedStepBodyBlock,
    "手册一章的正文": ChapterBodyBlock,
    "自测题": QuestionsBlock,
    "普通页面的正文": StandardBodyBlock,
    "全站设置里的电话": HotlinesBlock,
}
HEAD = """# 内容块

<!-- 由程序生成，请不要手改：python manage.py block_catalogue -->

写课、写手册、写页面，都是把下面这些内容块一个一个排起来。编辑器里点加号，就能选。
"""


def catalogue() -> str:
    """Return the whole page as Markdown."""
    places = "".join(_place(name, place()) for name, place in PLACES.items())
    table = f"\n## 哪里能用哪些\n\n| 在哪里 | 能用的内容块 |\n|---|---|\n{places}"
    return HEAD + table + "".join(map(_entry, all_blocks()))


def all_blocks() -> list[blocks.Block]:
    """Return every block an editor can pick or fill in, each kind once, in the order they are met."""
    found: dict[str, blocks.Block] = {}
    for place in PLACES.values():
        for block in place().child_blocks.values():
            for each in (block, *_inside(block)):
                found.setdefault(each.label, each)
    return list(found.values())


def _inside(block: blocks.Block) -> Iterator[blocks.Block]:
    """Yield the blocks with fields of their own inside a block, such as the picture of a step."""
    for child in getattr(block, "child_blocks", {}).values():
        if isinstance(child, blocks.ListBlock):
            child = child.child_block
        if isinstance(child, blocks.StructBlock):
            yield child
            yield from _inside(child)


def _place(name: str, stream: blocks.StreamBlock) -> str:
    return f"| {name} | {'、'.join(child.label for child in stream.child_blocks.values())} |\n"


def _entry(block: blocks.Block) -> str:
    fields = "".join(_field(child) for child in getattr(block, "child_blocks", {}).values())
    table = f"\n| 填什么 | 要不要填 | 最多 | 怎么填 |\n|---|---|---|---|\n{fields}" if fields else ""
    limit = "" if fields or not _limit(block) else f"最多 {_limit(block)}。\n"
    return f"\n## {block.label}\n\n{block.meta.description}\n{limit}{table}"


def _field(block: blocks.Block) -> str:
    must = "要填" if block.required else "可以空"
    return f"| {block.label} | {must} | {_limit(block)} | {_help(block)} |\n"


def _limit(block: blocks.Block) -> str:
    longest = getattr(getattr(block, "field", None), "max_length", None)
    most = getattr(block.meta, "max_num", None)
    return f"{longest} 个字" if longest else f"{most} 个" if most else ""


def _help(block: blocks.Block) -> str:
    if isinstance(block, blocks.ChoiceBlock):
        return "、".join(str(label) for value, label in block.field.choices if value)
    words = getattr(getattr(block, "field", None), "help_text", "") or getattr(block.meta, "help_text", "")
    return str(words or "").replace("|", "\\|")
