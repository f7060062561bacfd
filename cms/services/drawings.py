"""Drawn screens: drawn once when content is saved, looked up when it is read."""

import hashlib
from collections.abc import Iterable

from cms import screens
from cms.enums import PhoneKind
from cms.models import DrawnScreen

# (text in the drawing language, PhoneKind value)
Wanted = tuple[str, str]


def source_key(text: str, phone: str) -> str:
    """Return the key of one drawing: its text, its phone and the version of our drawing code."""
    # The same screen typed in a browser has other line ends than in a package.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    source = f"{screens.DRAWING_VERSION}\n{phone}\n{lines}"
    return hashlib.sha256(source.encode()).hexdigest()


def drawings_for(wanted: Iterable[Wanted]) -> dict[Wanted, DrawnScreen]:
    """Return the drawings asked for, in one query; draw and keep those that are not there yet.

    A text that cannot be parsed has no drawing and is left out: it can only be in a draft.
    """
    keys = {each: source_key(*each) for each in wanted}
    rows = DrawnScreen.objects.defer("svg").in_bulk(list(set(keys.values()))) if keys else {}
    missing = {key: each for each, key in keys.items() if key not in rows}
    rows |= _draw(list(missing.values()))
    return {each: rows[key] for each, key in keys.items() if key in rows}


def draw_all_phones(texts: Iterable[str]) -> None:
    """Draw the texts for all three kinds of phone, so that no reader waits for it."""
    drawings_for((text, phone) for text in texts for phone in PhoneKind.values)


def _draw(missing: list[Wanted]) -> dict[str, DrawnScreen]:
    rows = [row for text, phone in missing if (row := _row(text, phone))]
    # Two savers may draw the same screen at once; the bytes are the same, so either row will do.
    DrawnScreen.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.source_key: row for row in rows}


def _row(text: str, phone: str) -> DrawnScreen | None:
    try:
        screen = screens.parse(text)
    except screens.ScreenErrors:
        return None
    drawing = screens.draw(screen, phone)
    return DrawnScreen(
        source_key=source_key(text, phone),
        digest=hashlib.sha256(drawing.svg.encode()).hexdigest()[:16],
        svg=drawing.svg,
        width=drawing.width,
        height=drawing.height,
        alt=screens.describe(screen),
    )
