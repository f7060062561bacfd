"""YAML, the safe and plain part of it: read with line numbers, written always the same way.

Refused on reading: tags, anchors and aliases (the ways to run code or to blow up memory), the same key twice,
more than a few levels, very long files.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from cms.services.packages.problems import Problems

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A YAML file: its plain value, and on which line each part of it stands."""

    file: str
    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of the part at ``path``, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read(file: str, data: bytes, problems: Problems) -> Document | None:
    """Return the document in ``data``; None, with a problem noted, when it cannot be read."""
    if len(data) > MAX_BYTES:
        problems.add(file, None, f"太大了，有 {len(data) // 1024} KB。一个文件最多 {MAX_BYTES // 1024} KB。")
        return None
    try:
        text = data.decode("utf-8-sig")
        _refuse_tricks(text)
        return _Builder(file).document(yaml.compose(text, Loader=yaml.SafeLoader))
    except UnicodeDecodeError:
        problems.add(file, None, "不是 UTF-8 编码的文字。用编辑器另存为 UTF-8，再试一次。")
    except _Refused as refusal:
        problems.add(file, refusal.line, refusal.reason)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(file, mark.line + 1 if mark else None, "这里的 YAML 写法不对，看看缩进、冒号和引号。")
    except yaml.YAMLError:
        problems.add(file, None, "里面有不能用的符号，读不出来。")
    return None


def write(value: Any) -> bytes:
    """Return a plain value as YAML: the same value always gives the same bytes."""
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1 << 20
    )
    return text.encode()


class _Refused(Exception):
    def __init__(self, mark, reason: str):
        self.line = mark.line + 1 if mark else None
        self.reason = reason


def _refuse_tricks(text: str) -> None:
    """Look at the events before anything is built from them: building is what a bomb waits for."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(event.start_mark, "不能用 & 和 * 引用别处的内容，请把内容写出来。")
        if getattr(event, "tag", None):
            raise _Refused(event.start_mark, "不能用 ! 开头的标签。")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise _Refused(event.start_mark, "一层套一层太多了，或者内容太多了。")
        if documents > 1:
            raise _Refused(event.start_mark, "一个文件里只写一份内容，去掉后面的 ---。")


def _refuse_unseen(node) -> None:
    for character in node.value:
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t\r":
            raise _Refused(
                node.start_mark, f"文字里有看不见的符号（U+{ord(character):04X}），请删掉重新输入。"
            )


class _Builder:
    """Turns composed nodes into plain values and notes the line of each."""

    def __init__(self, file: str):
        self.file = file
        self.lines: dict[Path, int] = {}
        self.constructor = SafeConstructor()

    def document(self, node) -> Document:
        value = self.value(node, ()) if node is not None else None
        return Document(self.file, value, self.lines)

    def value(self, node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, place)) for place, item in enumerate(node.value)]
        _refuse_unseen(node)
        try:
            return self.constructor.construct_object(node)
        except (ValueError, OverflowError):
            raise _Refused(node.start_mark, f"“{node.value[:30]}”不是一个对的日期或数字。") from None

    def mapping(self, node, path: Path) -> dict:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise _Refused(key_node.start_mark, "冒号前面要写一个名字。")
            _refuse_unseen(key_node)
            if key in result:
                raise _Refused(key_node.start_mark, f"“{key}”写了两次。")
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*path, key))
        return result


class _Dumper(yaml.SafeDumper):
    """Writes words of several lines as a block, everything else in the shortest safe way."""

    def ignore_aliases(self, data):
        return True


def _words(dumper, value: str):
    if "\n" not in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value)
    # With a line end after the last line the block starts with a plain |, which is what people write; reading
    # words takes it off again.
    return dumper.represent_scalar("tag:yaml.org,2002:str", value + "\n", style="|")


_Dumper.add_representer(str, _words)
