"""What is different between two states of a page, in the words of the editor's own form."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField

from cms.enums import Scenario
from cms.services.packages.block_values import is_of_one_kind
from cms.services.packages.report import Part

# {name in the package: what people call it}, for pictures, recordings and shared steps.
Titles = dict[str, str]


def differences(model, before: dict, after: dict, titles: Titles) -> list[Part]:
    """Return what is different, field by field in the form's order."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [part for name in names for part in _field(model, name, before.get(name), after.get(name), titles)]


def _field(model, name: str, before: Any, after: Any, titles: Titles) -> Iterator[Part]:
    if name == "live":
        yield Part("读者看得到", _yes(before is not False), _yes(after is not False))
    elif name == "step":
        block = model._meta.get_field("body").stream_block.child_blocks["step"]
        yield from _leaves_apart("这一步", _leaves(block, before, titles), _leaves(block, after, titles))
    elif isinstance(field := model._meta.get_field(name), StreamField):
        yield from _stream(str(field.verbose_name), field.stream_block, before or [], after or [], titles)
    else:
        yield Part(str(field.verbose_name), _words(field, before), _words(field, after))


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _words(field, value: Any) -> str:
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, list):
        return "、".join(dict(Scenario.choices).get(word, word) for word in value)
    return str(dict(field.choices or ()).get(value, "" if value is None else value))


def _stream(label: str, block, before: list, after: list, titles: Titles) -> Iterator[Part]:
    """Yield what is different in a list of blocks; items that only moved up or down are not different."""
    was, now = ([_leaves_of_item(block, item, titles) for item in items] for items in (before, after))
    marks = [[json.dumps(item, sort_keys=True) for item in leaves] for leaves in (was, now)]
    for tag, i, i_end, j, j_end in SequenceMatcher(a=marks[0], b=marks[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(i_end - i, j_end - j)
        for n in range(both):
            yield from _leaves_apart(f"{label}第 {j + n + 1} 条", was[i + n], now[j + n])
        for n in range(i + both, i_end):
            yield Part(f"{label}：去掉原来的第 {n + 1} 条", _joined(was[n]), "")
        for n in range(j + both, j_end):
            yield Part(f"{label}：新的第 {n + 1} 条", "", _joined(now[n]))


def _leaves_apart(label: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Part]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield Part(f"{label} · {name}", before.get(name, ""), after.get(name, ""))


def _joined(leaves: dict[str, str]) -> str:
    return "\n".join(leaves.values())


def _leaves_of_item(block, item: Any, titles: Titles) -> dict[str, str]:
    if is_of_one_kind(block):
        return _leaves(next(iter(block.child_blocks.values())), item, titles)
    ((kind, value),) = item.items()
    return _leaves(block.child_blocks[kind], value, titles)


def _leaves(block: blocks.Block, plain: Any, titles: Titles) -> dict[str, str]:
    """Return the words of a block by the labels the editor shows."""
    if plain in (None, "", [], {}):
        return {}
    if isinstance(block, blocks.StructBlock):
        inner = ((block.child_blocks[name], value) for name, value in plain.items())
    elif isinstance(block, blocks.ListBlock):
        inner = ((block.child_block, value) for value in plain)
    else:
        return {str(block.label): _leaf(block, plain, titles)}
    found: dict[str, str] = {}
    for child, value in inner:
        for name, words in _leaves(child, value, titles).items():
            found[_free(name, found)] = words
    return found


def _free(name: str, taken: dict[str, str]) -> str:
    """Return the label, with a number when it is there already, as in a list's second item."""
    number = 2
    while name in taken:
        name, number = f"{name.rstrip('0123456789 ')} {number}", number + 1
    return name


def _leaf(block: blocks.Block, plain: Any, titles: Titles) -> str:
    if isinstance(block, blocks.ChooserBlock):
        return titles.get(plain, str(plain))
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(plain, plain))
    return str(plain)
