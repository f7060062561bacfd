"""号码牌: a card for each learner of a class, eight on a sheet, to be cut and kept for the whole term."""

from pathlib import Path

from cms.services.typesetting import typeset
from courses.errors import Refused
from courses.models import CourseRun
from courses.services.roll_paper.numbers import Numbers
from courses.services.roll_paper.signing import code_of, notes_of

TEMPLATE = Path(__file__).parents[2] / "typst" / "number_cards.typ"


def number_cards(run: CourseRun) -> bytes:
    """Return the cards as PDF. Raises Refused where nobody has a seat. No cache holds it: names are on it."""
    here = Numbers(run.pk).here
    if not here:
        raise Refused("nobody", "这个班还没有人报上名，没有号码牌可以打印。")
    cards = [[each.number, each.learner.name, note] for each, note in zip(here, notes_of(here), strict=True)]
    data = {"title": run.title, "code": code_of(run), "cards": cards}
    return typeset(TEMPLATE, data=data, is_kept=False)
