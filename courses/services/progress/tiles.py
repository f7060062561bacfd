"""The districts as tiles on a small map, the scenarios as bars: how dark, how long. Templates draw them."""

from dataclasses import dataclass

from courses.rules.in_words import in_wan
from courses.services.progress.collecting import Part

# Where a district lies on the map of five columns and six rows: (column, row).
ON_THE_MAP = {
    "310151": (4, 1),
    "310114": (2, 2),
    "310113": (3, 2),
    "310107": (2, 3),
    "310106": (3, 3),
    "310109": (4, 3),
    "310110": (5, 3),
    "310118": (1, 4),
    "310105": (2, 4),
    "310104": (3, 4),
    "310101": (4, 4),
    "310115": (5, 4),
    "310117": (2, 5),
    "310112": (3, 5),
    "310116": (2, 6),
    "310120": (3, 6),
}
# Steps of colour: nothing much, some, more, most.
STEPS = 4
LONGEST = 76


@dataclass(frozen=True)
class Tile:
    """A district: where it lies, its short name, its figure in words, how dark it is."""

    part: Part
    column: int
    row: int
    name: str
    words: str
    step: int


@dataclass(frozen=True)
class Bar:
    """A scenario: its figure in words, and its length in hundredths of the way, which the figure needs some of."""

    part: Part
    words: str
    length: int


def tiles(parts: list[Part]) -> list[Tile]:
    """Return the sixteen districts from the north-west to the south-east, as one reads."""
    most = max((part.reported for part in parts), default=0)
    made = [
        Tile(
            part,
            *ON_THE_MAP[part.key],
            short_name(part.name),
            in_wan(part.reported),
            step_of(part.reported, most),
        )
        for part in parts
        if part.key in ON_THE_MAP
    ]
    return sorted(made, key=lambda tile: (tile.row, tile.column))


def short_name(name: str) -> str:
    """Return 普陀 for 普陀区, 浦东 for 浦东新区."""
    return name.removesuffix("新区").removesuffix("区")


def step_of(number: int, most: int) -> int:
    """Return 1 to 4: by quarters of the largest; nothing is always 1."""
    return min(STEPS, 1 + number * STEPS // most) if most and number else 1


def bars(parts: list[Part]) -> list[Bar]:
    """Return a bar for each part."""
    most = max((part.reported for part in parts), default=0)
    return [
        Bar(part, in_wan(part.reported), part.reported * LONGEST // most if most else 0) for part in parts
    ]
