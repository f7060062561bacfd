"""The one ordered and numbered form of a chapter, that screen, print and off-line edition share."""

from dataclasses import dataclass, field
from typing import Any

from cms.services.at_hand import chosen_at_hand
from cms.services.reading import caution_of, reading_step, shelf_for, step_of


@dataclass
class Item:
    """One thing in a section; which of the others is filled follows from ``kind``."""

    kind: str
    text: str = ""
    title: str = ""
    number: str = ""
    anchor: str = ""
    step: Any = None
    caution: Any = None
    points: list[str] = field(default_factory=list)


@dataclass
class Part:
    """A numbered section of a chapter, or what stands before the first one (no number, no heading)."""

    number: str
    heading: str
    anchor: str
    items: list[Item] = field(default_factory=list)


def chapter_parts(chapter) -> list[Part]:
    """Return the chapter's sections in order: 4-1, 4-2 …; steps count from 1 in each, rules through the chapter."""
    with chosen_at_hand(chapter.body):
        values = [value for block in _step_blocks(chapter) if (value := step_of(block))]
        return _Assembly(chapter.number, shelf_for(values)).parts(chapter.body)


def _step_blocks(chapter):
    return (block for block in chapter.body if block.block_type in {"step", "shared_step"})


class _Assembly:
    """Keeps the three counters while a chapter's blocks are read in order."""

    def __init__(self, chapter_number: int, shelf: dict):
        self.chapter_number = chapter_number
        self.shelf = shelf
        self.sections = self.steps = self.rules = 0

    def parts(self, body) -> list[Part]:
        parts = [Part("", "", "")]
        for block in body:
            if block.block_type == "section":
                parts.append(self._section(block.value))
            elif item := getattr(self, f"_{block.block_type}")(block):
                parts[-1].items.append(item)
        return [part for part in parts if part.heading or part.items]

    def _section(self, heading: str) -> Part:
        self.sections += 1
        self.steps = 0
        number = f"{self.chapter_number}-{self.sections}"
        return Part(number, heading, f"s{number}")

    def _paragraph(self, block) -> Item:
        return Item("paragraph", text=block.value)

    def _points(self, block) -> Item:
        return Item("points", points=list(block.value))

    def _caution(self, block) -> Item:
        return Item("caution", caution=caution_of(block.value))

    def _rule(self, block) -> Item:
        self.rules += 1
        number = f"{self.chapter_number}-{self.rules}"
        return Item(
            "rule", number=number, anchor=number, title=block.value["title"], text=block.value["text"]
        )

    def _step(self, block) -> Item | None:
        value = step_of(block)
        if value is None:
            return None
        self.steps += 1
        prefix = f"step-{self.sections}" if self.sections else "step"
        return Item("step", step=reading_step(value, self.steps, self.shelf, prefix=prefix))

    _shared_step = _step
