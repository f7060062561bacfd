"""StreamField values as plain values and back. What refers to a row of ours goes by name, not by number."""

import uuid
from collections.abc import Iterator
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.services.packages import words
from cms.services.packages.yaml_text import Path

EMPTY: tuple[Any, ...] = (None, "", [], {})
# Far beyond any number that means something here; infinity and "not a number" are refused by it too.
LARGEST = 1e9


class Names(Protocol):
    """Turns row numbers into names (leaving) or names into row numbers (coming in)."""

    def image(self, reference: Any) -> Any: ...
    def recording(self, reference: Any) -> Any: ...
    def shared_step(self, reference: Any) -> Any: ...


class WrongShape(Exception):
    """A plain value that does not fit; ``found`` are all (path, reason) of it."""

    def __init__(self, path: Path = (), reason: str = "", *, found: list[tuple[Path, str]] | None = None):
        self.found = found or [(path, reason)]


def to_plain(block: blocks.Block, raw: Any, names: Names) -> Any:
    """Return a block's stored value as plain lists, dictionaries and words; empty parts are left out."""
    if raw in EMPTY:
        return None
    if isinstance(block, blocks.StreamBlock):
        return [plain for item in raw if (plain := _plain_item(block, item, names)) is not None]
    if isinstance(block, blocks.ListBlock):
        return [to_plain(block.child_block, item["value"], names) for item in raw]
    if isinstance(block, blocks.StructBlock):
        parts = {name: to_plain(child, raw.get(name), names) for name, child in block.child_blocks.items()}
        return {name: value for name, value in parts.items() if value not in EMPTY}
    if isinstance(block, blocks.ChooserBlock):
        return _by_name(block, raw, names)
    if isinstance(block, blocks.BooleanBlock):
        # No is the same as nothing said.
        return raw or None
    return words.tidy(raw) if isinstance(raw, str) else raw


def from_plain(block: blocks.Block, plain: Any, names: Names, path: Path = ()) -> Any:
    """Return a plain value in the form the block stores. Raises WrongShape."""
    if isinstance(block, blocks.StreamBlock):
        return [_stream_item(block, item, names, (*path, place)) for place, item in _items(plain, path)]
    if isinstance(block, blocks.ListBlock):
        return [_list_item(block, item, names, (*path, place)) for place, item in _items(plain, path)]
    if isinstance(block, blocks.StructBlock):
        return _struct(block, plain, names, path)
    if isinstance(block, blocks.ChooserBlock):
        return None if plain is None else _chosen(block, plain, names, path)
    return _scalar(block, plain, path)


def problems_in(
    error: ValidationError, block: blocks.Block, raw: Any, path: Path
) -> Iterator[tuple[Path, str]]:
    """Yield (path, message) for every single problem in a block's validation error.

    ``raw`` is the stored form the error is about; ``path`` is where it stands in the file.
    """
    inner = getattr(error, "block_errors", None) or {}
    for place, child_error in inner.items() if isinstance(inner, dict) else enumerate(inner):
        if child_error is not None:
            child, child_raw, step_in = _inside(block, raw, place)
            yield from problems_in(child_error, child, child_raw, (*path, *step_in))
    outer = getattr(error, "non_block_errors", None)
    if outer or not inner:
        yield from ((path, message) for message in ValidationError(outer or error).messages)


def _inside(block: blocks.Block, raw: Any, place: Any) -> tuple[blocks.Block, Any, Path]:
    """Return the child block at ``place``, its stored value, and the way to it in the file."""
    if isinstance(block, blocks.StreamBlock):
        item = raw[place]
        way = (place,) if is_of_one_kind(block) else (place, item["type"])
        return block.child_blocks[item["type"]], item["value"], way
    if isinstance(block, blocks.ListBlock):
        return block.child_block, raw[place]["value"], (place,)
    return block.child_blocks[place], raw.get(place, {}), (place,)


def is_of_one_kind(stream: blocks.StreamBlock) -> bool:
    """True for a stream that can hold one kind of block only: the file need not name the kind each time."""
    return len(stream.child_blocks) == 1


def _items(plain: Any, path: Path):
    if plain is None:
        return []
    if not isinstance(plain, list):
        raise WrongShape(path, "这里要写成一条一条的单子，每条前面一个短横。")
    return enumerate(plain)


def _plain_item(block, item, names):
    child = block.child_blocks[item["type"]]
    value = to_plain(child, item["value"], names)
    # A block for something deleted since shows nothing to readers and could not be imported.
    if value is None and isinstance(child, blocks.ChooserBlock):
        return None
    return value if is_of_one_kind(block) else {item["type"]: value}


def _stream_item(block, item, names, path) -> dict:
    if is_of_one_kind(block):
        ((kind, child),) = block.child_blocks.items()
        return {"type": kind, "value": from_plain(child, item, names, path)}
    if not isinstance(item, dict) or len(item) != 1:
        raise WrongShape(path, f"这里要写一种内容和一个冒号，比如“{next(iter(block.child_blocks))}:”。")
    ((kind, value),) = item.items()
    if kind not in block.child_blocks:
        raise WrongShape((*path, kind), f"没有“{kind}”这种内容，可以用：{'、'.join(block.child_blocks)}。")
    return {"type": kind, "value": from_plain(block.child_blocks[kind], value, names, (*path, kind))}


def _list_item(block, item, names, path) -> dict:
    # Wagtail takes a list's items for its newer form only when each has an id.
    return {
        "type": "item",
        "id": str(uuid.uuid4()),
        "value": from_plain(block.child_block, item, names, path),
    }


def _struct(block, plain, names, path) -> dict:
    if plain is None:
        plain = {}
    if not isinstance(plain, dict):
        raise WrongShape(path, f"这里要分开写：{'、'.join(block.child_blocks)}。")
    for name in plain:
        if name not in block.child_blocks:
            raise WrongShape((*path, name), f"没有“{name}”这一项，可以用：{'、'.join(block.child_blocks)}。")
    return {
        name: from_plain(block.child_blocks[name], value, names, (*path, name))
        for name, value in plain.items()
    }


def _scalar(block, plain, path):
    if isinstance(block, blocks.FloatBlock):
        return _number(plain, path)
    if isinstance(block, blocks.BooleanBlock):
        return _yes_or_no(plain, path)
    if plain is not None and not isinstance(plain, str):
        raise WrongShape(path, words.EXPECTED)
    return words.tidy(plain or "")


def _number(plain, path):
    if plain is None:
        return None
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not abs(plain) < LARGEST:
        raise WrongShape(path, "这里要写数字。")
    return plain


def _yes_or_no(plain, path):
    if plain is not None and not isinstance(plain, bool):
        raise WrongShape(path, "这里要写 true 或 false。")
    return bool(plain)


def _by_name(block, raw, names):
    if isinstance(block, ImageChooserBlock):
        return names.image(raw)
    if isinstance(block, DocumentChooserBlock):
        return names.recording(raw)
    if isinstance(block, SnippetChooserBlock):
        return names.shared_step(raw)
    raise TypeError(f"{type(block).__name__} cannot be carried in a package")


def _chosen(block, plain, names, path):
    if not isinstance(plain, str):
        raise WrongShape(path, "这里要写一个名字。")
    found = _by_name(block, plain, names)
    if found is None:
        raise WrongShape(path, f"包里没有“{plain}”。看看名字有没有写错，文件有没有放进来。")
    return found
