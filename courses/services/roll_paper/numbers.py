"""Who has which number in a class: the one rule for sheets, cards and what is typed in.

Numbers follow the order in which enrolments came to have a seat: the order of the lines that say so, which are only
added, and under the class's lock. So whoever enrols later changes no earlier number, and the number of an enrolment
that is given up goes to nobody else. Who gives up and enrols again, and whoever is merged of two, keeps the smaller.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import F, Min, Q

from courses.enums import EnrolmentState
from courses.models import CourseRun, Enrolment, Learner

_HAS_SEAT = Q(events__to_state=EnrolmentState.CONFIRMED)


@dataclass(frozen=True)
class Numbered:
    """A number and whose it is. ``is_here``: they have a seat now. ``since`` is when this enrolment came to one."""

    number: int
    learner: Learner
    is_here: bool
    since: datetime | None


class Numbers:
    """The numbers of a class; one query."""

    def __init__(self, run: CourseRun | int):
        rows = Enrolment.objects.filter(run=run).annotate(
            seat=Min("events__pk", filter=_HAS_SEAT), since=Min("events__at", filter=_HAS_SEAT)
        )
        # Somebody with a seat is never left out, however they came to it.
        seated = rows.filter(Q(seat__isnull=False) | Q(state=EnrolmentState.CONFIRMED))
        ordered = seated.select_related("learner__merged_into").order_by(F("seat").asc(nulls_last=True), "pk")
        self._given = [_numbered(number, row) for number, row in enumerate(ordered, start=1)]

    @property
    def last(self) -> int:
        """The highest number that was given; 0 for none."""
        return len(self._given)

    @property
    def here(self) -> list[Numbered]:
        """Everybody who has a seat now, each once, under the smallest number they were given."""
        return [each for each in self.everybody if each.is_here]

    @cached_property
    def everybody(self) -> list[Numbered]:
        """Also those who gave up."""
        smallest: dict[int, Numbered] = {}
        for each in self._given:
            smallest.setdefault(each.learner.pk, each)
        seats = {each.learner.pk: each for each in self._given if each.is_here}
        # Of somebody who came back: the smaller number, and since when they are here again.
        return [replace(seats.get(learner, each), number=each.number) for learner, each in smallest.items()]

    def of(self, number: int) -> Numbered | None:
        """Return whose a number is, whichever of theirs it is; None for one that was never given."""
        if not 1 <= number <= self.last:
            return None
        learner = self._given[number - 1].learner
        return next(each for each in self.everybody if each.learner.pk == learner.pk)


def _numbered(number: int, row: Enrolment) -> Numbered:
    learner = row.learner.merged_into or row.learner
    since = row.since  # type: ignore[attr-defined] # annotated above
    return Numbered(number, learner, row.state == EnrolmentState.CONFIRMED, since)
