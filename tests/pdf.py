"""What can be read in a PDF without a library: its pages and the signs it can draw."""

import re
import zlib

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# The tables that tell which signs the drawn shapes stand for: "<0001> <4F60>" or a run of them.
SIGN = re.compile(rb"<[0-9A-F]+>\s*<([0-9A-F]{4,})>")


def _opened(pdf: bytes) -> bytes:
    parts = [pdf]
    for stream in STREAM.findall(pdf):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def page_count(pdf: bytes) -> int:
    """Return how many pages it has."""
    return len(PAGE.findall(_opened(pdf)))


def signs(pdf: bytes) -> set[str]:
    """Return the signs that its text can be read as."""
    found = SIGN.findall(_opened(pdf))
    return set("".join(bytes.fromhex(each.decode()).decode("utf-16-be") for each in found))
