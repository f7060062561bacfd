"""The plan of a package: its files read and checked against each other, before the database is asked."""

import re
from dataclasses import dataclass
from typing import Any

from cms.errors import PackageError
from cms.hooks import PACKAGE_KINDS, PackageKind, ask
from cms.services.packages import yaml_text
from cms.services.packages.archive import Files
from cms.services.packages.exporting import FORMAT
from cms.services.packages.problems import Problems
from cms.services.packages.yaml_text import Document

ABOUT_FIELDS = {"images": {"title", "description"}, "recordings": {"title"}}
# What the columns for a file's title and description hold.
LONGEST = 255
CODE = re.compile(r"[A-Z]{1,8}-[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Package:
    """A package whose files belong together; whether the content is right is found out on importing."""

    kind: PackageKind
    root: Document
    pages: dict[str, Document]
    shared_steps: dict[str, Document]
    about: dict[str, dict[str, dict]]
    files: Files

    def media(self, folder: str) -> dict[str, bytes]:
        """Return the uploaded files of ``images`` or ``recordings`` by name."""
        return {
            name.partition("/")[2]: data for name, data in self.files.items() if name.startswith(f"{folder}/")
        }


def read_package(files: Files, problems: Problems) -> Package:
    """Return the package. Raises PackageError, with all that is wrong, when its files do not fit together."""
    if "package.yaml" not in files:
        raise PackageError(["package.yaml：没有这个文件。内容包的第一层要有它。"])
    root = yaml_text.read("package.yaml", files["package.yaml"], problems)
    problems.refuse_if_any()
    kind = _kind(root, problems)
    codes = _codes(root, problems)
    pages = {code: _document(files, f"pages/{code}.yaml", problems) for code in codes}
    keys = [name for name in sorted(files) if name.startswith("shared-steps/") and name.endswith(".yaml")]
    steps = {name[13:].removesuffix(".yaml"): _document(files, name, problems) for name in keys}
    about = {folder: _about(files, folder, problems) for folder in ABOUT_FIELDS}
    _no_strays(files, codes, problems)
    _no_twins(files, problems)
    problems.refuse_if_any()
    _names_agree(pages, "code", problems)
    _names_agree(steps, "key", problems)
    problems.refuse_if_any()
    return Package(kind, root, pages, steps, about, files)


def _kind(root: Document, problems: Problems) -> PackageKind:
    value = _mapping(root, problems)
    for name in set(value) - {"format", "kind", "page", "pages"}:
        problems.add(root.file, root.line((name,)), f"没有“{name}”这一项。")
    if type(value.get("format")) is not int or value["format"] != FORMAT:
        problems.add(
            root.file, root.line(("format",)), f"这里只认得第 {FORMAT} 版的格式，要写 format: {FORMAT}。"
        )
    kinds = {kind.kind: kind for kind in ask(PACKAGE_KINDS)}
    kind = kinds.get(value.get("kind")) if isinstance(value.get("kind"), str) else None
    if kind is None:
        problems.add(root.file, root.line(("kind",)), f"kind 要写其中一个：{'、'.join(sorted(kinds))}。")
    page = value.get("page")
    if not isinstance(page, dict):
        problems.add(root.file, root.line(("page",)), "要有 page:，下面写标题这些。")
    elif not isinstance(page.get("slug"), str) or not page["slug"].strip():
        # Without its address the page would not be found again, and each import would make another one.
        problems.add(root.file, root.line(("page", "slug")), "page 下面要写 slug：这一页的地址，比如 saoma。")
    problems.refuse_if_any()
    return kind


def _codes(root: Document, problems: Problems) -> list[str]:
    codes = root.value.get("pages") or []
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        problems.add(root.file, root.line(("pages",)), "pages 要写成一条一条的编号。")
        problems.refuse_if_any()
    for place, code in enumerate(codes):
        if not CODE.fullmatch(code):
            reason = f"“{code[:30]}”不是编号。编号是大写字母、短横和数字，比如 SCAN-7。"
            problems.add(root.file, root.line(("pages", place)), reason)
        if code in codes[:place]:
            problems.add(root.file, root.line(("pages", place)), f"“{code}”写了两次。")
    return codes


def _document(files: Files, name: str, problems: Problems) -> Document:
    empty = Document(name, {}, {})
    if name not in files:
        problems.add(name, None, "包里没有这个文件。")
        return empty
    document = yaml_text.read(name, files[name], problems)
    if document is None:
        return empty
    _mapping(document, problems)
    return document


def _mapping(document: Document, problems: Problems) -> dict[str, Any]:
    if isinstance(document.value, dict):
        return document.value
    problems.add(document.file, 1, "这个文件要一行一项地写：名字、冒号、内容。")
    problems.refuse_if_any()
    return {}


def _about(files: Files, folder: str, problems: Problems) -> dict[str, dict]:
    name = f"{folder}.yaml"
    if name not in files:
        return {}
    document = _document(files, name, problems)
    for file, about in document.value.items():
        fits = isinstance(about, dict) and set(about) <= ABOUT_FIELDS[folder]
        if not fits or not all(isinstance(value, str) and len(value) <= LONGEST for value in about.values()):
            allowed = "、".join(sorted(ABOUT_FIELDS[folder]))
            reason = f"“{file}”下面只写：{allowed}，都是文字，最多 {LONGEST} 个字。"
            problems.add(name, document.line((file,)), reason)
        elif f"{folder}/{file}" not in files:
            problems.add(name, document.line((file,)), f"包里没有 {folder}/{file} 这个文件。")
    return document.value


def _no_strays(files: Files, codes: list[str], problems: Problems) -> None:
    wanted = {"package.yaml", "images.yaml", "recordings.yaml"} | {f"pages/{code}.yaml" for code in codes}
    for name in sorted(set(files) - wanted):
        folder = name.partition("/")[0]
        if folder == "pages" or "/" not in name:
            problems.add(name, None, "package.yaml 的 pages 里没有写它。写上，或者把文件拿掉。")
        elif folder == "shared-steps" and not name.endswith(".yaml"):
            problems.add(name, None, "共用步骤的文件要以 .yaml 结尾。")


def _no_twins(files: Files, problems: Problems) -> None:
    """The same picture under two names would be one picture with two titles."""
    seen: dict[bytes, str] = {}
    for name, data in files.items():
        if name.startswith(("images/", "recordings/")) and seen.setdefault(data, name) != name:
            problems.add(name, None, f"和 {seen[data]} 一模一样，留一个就行。")


def _names_agree(documents: dict[str, Document], key: str, problems: Problems) -> None:
    for name, document in documents.items():
        if document.value.get(key) != name:
            problems.add(document.file, document.line((key,)), f"{key} 要和文件名一样，写 {name}。")
