"""QR codes as drawings, for pages and for paper: no file, no other server."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

# Readers want this much white around it (ISO/IEC 18004).
QUIET = 4


def qr_svg(text: str, *, title: str, scale: int | None = 5, error: str = "m") -> SafeString:
    """Return the QR code of ``text`` as an SVG element; ``title`` is what somebody hears who cannot see it.

    ``scale`` None leaves the size to the style sheet. ``error="q"``: a quarter of it may be scratched or dirty, as a
    sign at a door is.
    """
    code = segno.make(text, error=error, micro=False)
    looks = {"border": QUIET, "title": title, "svgclass": "qr", "lineclass": None, "light": "#fff"}
    drawn = code.svg_inline(scale=scale or 1, omitsize=scale is None, **looks)
    # Made by segno from the text's bits; the title is escaped there.
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308


def qr_file(text: str, *, error: str = "m") -> str:
    """Return the QR code of ``text`` as an SVG document, to be set into a printed page; ``error`` as in `qr_svg`."""
    drawn = io.BytesIO()
    segno.make(text, error=error, micro=False).save(drawn, kind="svg", xmldecl=False, border=QUIET)
    return drawn.getvalue().decode()
