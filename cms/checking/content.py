"""A page or a shared step as the checks see it: plain values, nothing of the database."""

from dataclasses import dataclass, field
from datetime import date

from cms.checking.finding import Spot


@dataclass(frozen=True)
class Text:
    """Words a reader reads, and where they stand."""

    spot: Spot
    words: str


@dataclass(frozen=True)
class Picture:
    """A picture of a step, for one kind of phone; ``phone`` is empty for the one shown on all others.

    ``image`` is the title of an uploaded screenshot, or empty; ``described`` says whether the image has a
    description of its own.
    """

    spot: Spot
    phone: str = ""
    screen: str = ""
    image: str = ""
    described: bool = True
    alt: str = ""


@dataclass(frozen=True)
class Step:
    """One step. ``guarded`` says whether a caution stands at it; a ``shared`` one is judged where it is written."""

    spot: Spot
    do: str
    look: str = ""
    guarded: bool = False
    shared: bool = False
    variants: frozenset[str] = frozenset()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Link:
    """A link to a page of this site; ``trouble`` says what is wrong with it, or is empty."""

    spot: Spot
    target: str
    trouble: str = ""


@dataclass(frozen=True)
class Facts:
    """What else is written on a page. None means that this kind of content has no such thing."""

    main_scenario: str | None = None
    safety_note: str | None = None
    offline_way: str | None = None
    questions: int | None = None
    checked_on: date | None = None
    review_by: date | None = None
    is_checked_on_phones: bool = False
    archived: bool = False
    used: bool | None = None


@dataclass(frozen=True)
class Content:
    """Everything the checks look at."""

    texts: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True)
class Standard:
    """What content is measured by: today, and the designers' list of 黑话 with what to say instead."""

    today: date
    jargon: tuple[tuple[str, str], ...] = ()
