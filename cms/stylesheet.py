"""One style sheet out of many small files, without a build step.

The parts lie in ``static/cms/css/`` and are joined in the order of ``order.txt`` there. Comments and line
breaks are dropped: they are for us, and every byte before the first paint is a wait for the reader.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS = Path(__file__).parent / "static" / "cms" / "css"
NAME = "cms/site.css"
# What paper looks like, for the editor's preview on the screen.
PRINT_PREVIEW = "cms/print-preview.css"
# Paper is wider than the phone whose frame it is looked at in: the whole sheet is made smaller.
SHEET_ON_A_PHONE = "@media screen and (max-width: 700px) { html { zoom: 0.5; } }"
SHEETS = (NAME, PRINT_PREVIEW)
SCENARIO = re.compile(r"\.s-([a-z-]+) \{\s*--dark: (#\w{6});\s*--tint: (#\w{6});")
# A comment, a string, an address: what is inside them is not ours to squeeze.
ASIDE = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\)""", re.DOTALL)


def joined() -> str:
    """Return the whole style sheet."""
    names = (PARTS / "order.txt").read_text(encoding="utf-8").split()
    return squeeze("\n".join((PARTS / name).read_text(encoding="utf-8") for name in names))


def print_preview() -> str:
    """Return the style sheet's part for paper as one for the screen."""
    css = (PARTS / "print.css").read_text(encoding="utf-8")
    return squeeze(css.replace("@media print", "@media screen") + SHEET_ON_A_PHONE)


@cache
def scenario_colours() -> dict[str, tuple[str, str]]:
    """Return each scenario's dark colour and its tint, for what is not made of CSS: paper."""
    css = (PARTS / "scenarios.css").read_text(encoding="utf-8")
    return {slug: (dark, tint) for slug, dark, tint in SCENARIO.findall(css)}


def squeeze(css: str) -> str:
    """Drop comments and the white space nobody needs; strings and addresses stay as they are."""
    kept: list[str] = []

    def put_aside(match: re.Match) -> str:
        if match[0].startswith("/*"):
            return ""
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    css = ASIDE.sub(put_aside, css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"([a-z-]): ", r"\1:", css).replace(";}", "}").strip() + "\n"
    return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], css)


class StylesheetFinder(BaseFinder):
    """Gives `collectstatic` and the development server the style sheets made here, as files."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "stylesheet")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path not in SHEETS:
            return []
        return [self._written(path)] if find_all else self._written(path)

    def list(self, ignore_patterns):
        for name in SHEETS:
            self._written(name)
            yield name, self.storage

    def _written(self, name: str) -> str:
        target = Path(self.storage.path(name))
        css = joined() if name == NAME else print_preview()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, encoding="utf-8")
        return str(target)
