"""Steps as a reader sees them: numbered, with their pictures, grouped by kind of phone.

From this one list come the reading page and, later, the walk-through, practice, slides and paper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cms.enums import CautionKind, PhoneKind
from cms.models import DrawnScreen
from cms.models.previews import in_preview
from cms.services.at_hand import chosen_at_hand, rendition_of
from cms.services.drawings import drawings_for


@dataclass(frozen=True)
class Words:
    """What to do and what is then seen, on some kinds of phone."""

    phones: str
    do: str
    look: str


@dataclass(frozen=True)
class Picture:
    """One picture of a step, on some kinds of phone; ``tap`` is where to tap, in per cent, or None."""

    phones: str
    url: str
    width: int
    height: int
    alt: str
    tap: tuple[float, float] | None = None


@dataclass(frozen=True)
class Caution:
    """A warning with its heading."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class ReadingStep:
    """One step, ready to be shown; ``anchor`` is its place on the page."""

    number: int
    anchor: str
    words: list[Words]
    pictures: list[Picture]
    caution: Caution | None
    if_different: str
    recording_url: str


def step_of(block) -> dict | None:
    """Return the StepBlock value in a ``step`` or ``shared_step`` block.

    None for a shared step that is gone or was never published: readers see what was approved, nothing else.
    Whoever writes sees in the preview what waits for approval.
    """
    if block.block_type != "shared_step":
        return block.value
    shared = block.value
    if shared and not shared.live:
        return shared.get_latest_revision_as_object().step if in_preview() else None
    return shared.step if shared else None


def reading_steps(blocks: Iterable) -> list[ReadingStep]:
    """Return the steps of a stream of ``step`` and ``shared_step`` blocks, numbered from 1."""
    with chosen_at_hand(blocks):
        values = [value for block in blocks if (value := step_of(block))]
        shelf = shelf_for(values)
        return [reading_step(value, number, shelf) for number, value in enumerate(values, start=1)]


def screen_texts(values: Iterable[dict]) -> Iterator[str]:
    """Yield every text in the drawing language that the steps hold."""
    yield from (picture["screen"] for picture in _every_picture(values) if picture["screen"])


def screenshots(values: Iterable[dict]) -> Iterator:
    """Yield every uploaded picture that the steps hold."""
    yield from (picture["screenshot"] for picture in _every_picture(values) if picture["screenshot"])


def reading_step(value, number: int, shelf: dict, *, prefix: str = "step") -> ReadingStep:
    """Return one StepBlock value as a numbered step; ``shelf`` holds its drawings."""
    recording = value["recording"]
    return ReadingStep(
        number=number,
        anchor=f"{prefix}-{number}",
        words=list(_words(value)),
        pictures=list(_pictures(value, shelf)),
        caution=caution_of(value["caution"]),
        if_different=value["if_different"],
        recording_url=recording.url if recording else "",
    )


def caution_of(value) -> Caution | None:
    """Return a caution block's value with its heading; None when it is empty."""
    if not value["kind"] or not value["text"]:
        return None
    return Caution(value["kind"], CautionKind(value["kind"]).heading, value["text"])


def shelf_for(values: Iterable[dict]) -> dict:
    """Return the drawings of many steps, fetched at once."""
    return drawings_for(_wanted(list(values)))


def _every_picture(values: Iterable[dict]) -> Iterator[dict]:
    for value in values:
        yield value["picture"]
        yield from (variant["picture"] for variant in value["variants"])


def _wanted(values: list[dict]) -> set[tuple[str, str]]:
    wanted = set()
    for value in values:
        for phone in PhoneKind.values:
            text = _picture_value(value, phone)["screen"]
            if text:
                wanted.add((text, phone))
    return wanted


def _variant(value, phone: str):
    return next((variant for variant in value["variants"] if variant["phone"] == phone), None)


def _picture_value(value, phone: str):
    variant = _variant(value, phone)
    if variant and (variant["picture"]["screen"] or variant["picture"]["screenshot"]):
        return variant["picture"]
    return value["picture"]


def _words(value) -> Iterator[Words]:
    said: dict[tuple[str, str], list[str]] = {}
    for phone in PhoneKind.values:
        variant = _variant(value, phone) or {}
        words = (variant.get("do") or value["do"], variant.get("look") or value["look"])
        said.setdefault(words, []).append(phone)
    for (do, look), phones in said.items():
        yield Words(_classes(phones), do, look)


def _pictures(value, shelf: dict) -> Iterator[Picture]:
    shown: dict[Picture, list[str]] = {}
    for phone in PhoneKind.values:
        picture = _picture(_picture_value(value, phone), phone, shelf)
        if picture:
            shown.setdefault(picture, []).append(phone)
    for picture, phones in shown.items():
        yield replace(picture, phones=_classes(phones))


def _picture(value, phone: str, shelf: dict) -> Picture | None:
    if value["screenshot"]:
        return _screenshot(value)
    drawing: DrawnScreen | None = shelf.get((value["screen"], phone))
    if drawing is None:
        return None
    return Picture("", drawing.url, drawing.width, drawing.height, drawing.alt)


def _screenshot(value) -> Picture | None:
    rendition = rendition_of(value["screenshot"])
    if rendition is None:
        return None
    tap = None if value["tap_x"] is None else (value["tap_x"], value["tap_y"])
    return Picture("", rendition.url, rendition.width, rendition.height, value["alt"], tap)


def _classes(phones: list[str]) -> str:
    """Return the CSS classes of what is shown on these phones only; "" when it is shown on all."""
    return "" if len(phones) == len(PhoneKind) else " ".join(["for", *(f"for-{phone}" for phone in phones)])
