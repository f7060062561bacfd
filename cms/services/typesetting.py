"""Paper: sheets set by Typst as PDF, tagged for readers who listen (PDF/UA-1), always the same for the same content.

A template is Typst; what stands on the sheet comes as data and is never looked at as markup. Templates use the
parts of ``cms/typst/parts.typ``. Nothing comes from the machine or the network: the one font is the wheel's Noto
Sans SC Regular, and bold is made of it by a stroke.
"""

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.core.cache import cache as shared_cache
from django.template.loader import get_template

from cms.errors import ContentError

PARTS = Path(__file__).parents[1] / "typst"
# A sign the font cannot draw, such as an emoji or a very rare character: the sheet says that something stood here.
INSTEAD = "□"
A_WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Picture:
    """A drawing that tells something; ``alt`` says the same in words. A mere ornament is given as plain SVG."""

    svg: str
    alt: str


class PictureWithoutWords(ContentError):
    """A picture would stand on paper that nobody can listen to; ``field`` names it."""

    def __init__(self, field: str):
        self.field = field
        super().__init__(f"“{field}”这张图没有文字说明，听的人不知道画的是什么。补一句说明，再做一次。")


def typeset(template: Path, *, data: dict[str, Any], is_kept: bool = True) -> bytes:
    """Return the sheet as PDF. Set once for each content, then taken from the cache.

    ``is_kept`` False, for what is about one person: the cache must not hold it. Raises PictureWithoutWords for a
    `Picture` whose words are missing.
    """
    source = (PARTS / "parts.typ").read_bytes() + template.read_bytes()
    given = json.dumps(_plain(data, ""), ensure_ascii=False, sort_keys=True)
    made_of = version("typst").encode() + source + given.encode()
    key = f"typeset:{hashlib.sha256(made_of).hexdigest()}"
    pdf = shared_cache.get(key) if is_kept else None
    if pdf is None:
        pdf = typst.compile(  # type: ignore[type-var] # its types want the folder as bytes, as the source is
            source, root=PARTS, font_paths=_fonts(), sys_inputs={"data": given}, pdf_standards=["ua-1"]
        )
        if is_kept:
            shared_cache.set(key, pdf, A_WEEK)
    return pdf


def icon_svg(name: str, *, colour: str, behind: str) -> str:
    """Return one of our icons as a drawing of its own, in a colour; its cut-outs take the colour behind it."""
    svg = get_template(f"cms/icons/{name}.svg").render().strip()
    style = (
        f"<style>.cut{{fill:{behind}}}.slit,.line,.logo{{fill:none;stroke:{colour};stroke-linecap:round;"
        f"stroke-linejoin:round}}.slit{{stroke:{behind}}}.logo{{stroke-width:4.6}}</style>"
    )
    head, _, drawing = svg.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg" fill="{colour}">{style}{drawing}'


def _plain(value: Any, field: str) -> Any:
    """Return data as JSON takes it, with only such signs in it as the font has."""
    if isinstance(value, Picture):
        if not value.alt.strip():
            raise PictureWithoutWords(field)
        return {"svg": value.svg, "alt": _drawable(value.alt)}
    if isinstance(value, dict):
        return {name: _plain(each, f"{field}.{name}".lstrip(".")) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, f"{field}.{place}") for place, each in enumerate(value, start=1)]
    return _drawable(value) if isinstance(value, str) else value


def _drawable(words: str) -> str:
    signs = (sign if ord(sign) in _drawn_signs() else _instead(sign) for sign in words)
    return "".join(signs)


def _instead(sign: str) -> str:
    if sign == "\n":
        return sign
    return INSTEAD if sign.isprintable() else ""


@cache
def _fonts() -> typst.Fonts:
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@cache
def _drawn_signs() -> frozenset[int]:
    """Return the signs the font has: PDF/UA refuses a sheet with any other."""
    font = Path(pylopdf_fonts_zh_cn.sans_path()).read_bytes()
    return frozenset(sign for first, last in _runs_of_signs(font) for sign in range(first, last + 1))


def _runs_of_signs(font: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where the font's ``cmap`` goes: its table of format 12, as OpenType describes it."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = (struct.unpack_from(">4s4xI", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for name, offset in places if name == b"cmap")
    (encodings,) = struct.unpack_from(">2xH", font, cmap)
    for number in range(encodings):
        table = cmap + struct.unpack_from(">4xI", font, cmap + 4 + 8 * number)[0]
        if struct.unpack_from(">H", font, table)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, table + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">3I", font, table + 16 + 12 * group)
                yield first, last
            return
