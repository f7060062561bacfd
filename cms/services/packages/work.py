"""What the parts of one import share: the package, what is wrong with it, what it changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from cms.services.packages.arriving import ArrivingNames
from cms.services.packages.block_values import WrongShape
from cms.services.packages.differences import Titles, differences
from cms.services.packages.manifest import Package
from cms.services.packages.problems import Problems
from cms.services.packages.report import Change, ImportReport
from cms.services.packages.yaml_text import Document

# Told how many pages are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass
class Work:
    """One import under way, inside its transaction; ``by`` is the user it is logged under."""

    package: Package
    problems: Problems
    names: ArrivingNames
    report: ImportReport
    by: Any

    def wrong(self, document: Document, path: tuple, reason: str) -> None:
        """Note that the part of the document at ``path`` cannot stay as it is."""
        self.problems.add(document.file, document.line(path), reason)

    def misshapen(self, document: Document, shape: WrongShape, prefix: tuple = ()) -> None:
        """Note every part that does not fit."""
        for path, reason in shape.found:
            self.wrong(document, (*prefix, *path), reason)

    def invalid(self, document: Document, error: ValidationError, prefix: tuple = ()) -> None:
        """Note every message of a model's validation."""
        for name, messages in error.message_dict.items():
            for message in messages:
                self.wrong(document, (*prefix, name), f"{name}：{message}")

    def live(self, document: Document, prefix: tuple = ()) -> bool:
        """Return whether the document wants to be on line; it does unless it says ``live: false``."""
        plain: Any = document.value
        for step in prefix:
            plain = plain[step]
        value = plain.get("live", True)
        if not isinstance(value, bool):
            self.wrong(document, (*prefix, "live"), "这里要写 true 或 false。")
        return value is not False

    def changed(
        self, thing, before: dict | None, after: dict, *, titles: Titles, warnings: list[str] | None = None
    ) -> None:
        """Report a page or shared step that is new (``before`` is None) or different."""
        what = f"{thing._meta.verbose_name}：{thing.title}"
        if before is None:
            self.report.found.append(Change(f"新建{what}", warnings=_if_off_line(after)))
            return
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        parts = differences(type(thing), before, after, titles)
        self.report.found.append(
            Change(f"修改{what}（{'、'.join(names)}）", f"修改{what}", parts, warnings or [])
        )


def _if_off_line(after: dict) -> list[str]:
    return ["装进去是草稿，读者看不到。"] if after.get("live") is False else []
