"""QR codes as drawings that stand in the page itself: no file, no other server."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, title: str, scale: int = 5) -> SafeString:
    """Return the QR code of ``text`` as an SVG element; ``title`` is what somebody hears who cannot see it."""
    code = segno.make(text, error="m", micro=False)
    # Made by segno from the text's bits; the title is escaped there.
    return mark_safe(code.svg_inline(scale=scale, border=4, title=title, omitsize=False))  # noqa: S308
