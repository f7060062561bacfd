"""The one ordered and numbered form of a chapter, that screen, print and off-line edition share."""

from dataclasses import dataclass, field, replace
from typing import Any

from cms.services.at_hand import chosen_at_hand
from cms.services.reading import Picture, ReadingStep, caution_of, reading_step, shelf_for, step_of


@dataclass
class Item:
    """One thing in a section; which of the others is filled follows from ``kind``."""

    kind: str
    text: str = ""
    title: str = ""
    number: str = ""
    anchor: str = ""
    red_line: bool = False
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


@dataclass
class BookChapter:
    """A chapter in its book: the page it stands on, the anchor of its head, its sections."""

    page: Any
    anchor: str
    parts: list[Part]


def chapter_parts(chapter) -> list[Part]:
    """Return the chapter's sections in order: 4-1, 4-2 …; steps count from 1 in each, rules through the chapter."""
    with chosen_at_hand(chapter.body):
        return _Assembly(chapter, _shelf([chapter])).parts(chapter.body)


def book_chapters(chapters: list) -> list[BookChapter]:
    """Return all chapters as they stand together on one page: no anchor twice, what they show fetched at once."""
    with chosen_at_hand(*(chapter.body for chapter in chapters)):
        shelf = _shelf(chapters)
        return [_book_chapter(chapter, shelf) for chapter in chapters]


def red_lines(chapters: list) -> list[BookChapter]:
    """Return the chapters that have red lines, with nothing but these, numbered as in the chapters."""
    found = []
    for chapter in chapters:
        # Rules are counted by themselves, so what stands between them may be left out.
        rules = [block for block in chapter.body.raw_data if block["type"] == "rule"]
        parts = _Assembly(chapter, {}).parts(chapter.body.stream_block.to_python(rules))
        for part in parts:
            part.items = [item for item in part.items if item.red_line]
        found.append(BookChapter(chapter, chapter.code.lower(), [part for part in parts if part.items]))
    return [chapter for chapter in found if chapter.parts]


def _book_chapter(chapter, shelf: dict) -> BookChapter:
    anchor = chapter.code.lower()
    return BookChapter(chapter, anchor, _Assembly(chapter, shelf, prefix=f"{anchor}-").parts(chapter.body))


def _shelf(chapters: list) -> dict:
    blocks = (block for chapter in chapters for block in _step_blocks(chapter))
    return shelf_for([value for block in blocks if (value := step_of(block))])


def chapter_steps(chapter) -> list[ReadingStep]:
    """Return the chapter's steps in order, each with its place on the page."""
    return [item.step for part in chapter_parts(chapter) for item in part.items if item.step]


def _step_blocks(chapter):
    return (block for block in chapter.body if block.block_type in {"step", "shared_step"})


class _Assembly:
    """Keeps the three counters while a chapter's blocks are read in order."""

    def __init__(self, chapter, shelf: dict, *, prefix: str = ""):
        self.chapter_number = chapter.number
        # What was kept of a chapter may name pictures that are gone by now.
        self.kept = chapter.pk is None
        self.shelf = shelf
        self.prefix = prefix
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
            "rule",
            number=number,
            anchor=number,
            title=block.value["title"],
            text=block.value["text"],
            red_line=bool(block.value["red_line"]),
        )

    def _step(self, block) -> Item | None:
        value = step_of(block)
        if value is None:
            return None
        self.steps += 1
        prefix = self.prefix + (f"step-{self.sections}" if self.sections else "step")
        step = reading_step(value, self.steps, self.shelf, prefix=prefix)
        return Item("step", step=_with_lost_picture(step, value) if self.kept else step)

    _shared_step = _step


def _with_lost_picture(step, value):
    """Return the step with the words of a picture that stood there and was deleted since."""
    words = value["picture"]["alt"]
    if step.pictures or not words:
        return step
    return replace(step, pictures=[Picture("", "", 0, 0, words)])
