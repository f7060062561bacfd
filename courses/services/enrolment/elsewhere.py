"""To which other classes somebody can be moved: those with room, the nearest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from cms.models import User
from courses.enums import LIVE_STATES, AreaKind, EnrolmentState, RunState
from courses.models import CourseRun, Enrolment, Venue
from courses.rules.clock_words import said
from courses.rules.enrolment import entry
from courses.rules.nearness import Near, Spot, near
from courses.rules.places import place_words
from courses.rules.seats import Seats
from courses.services.seats import states_of
from courses.services.timetable import upcoming_runs

# As many as one looks through on the telephone, out of as many as are worth counting.
SHOWN, LOOKED_AT = 20, 300


@dataclass(frozen=True)
class Elsewhere:
    """A class somebody could go to. ``waits``: only into its waiting list."""

    run: CourseRun
    seats: Seats
    near: Near
    waits: bool

    @property
    def words(self) -> str:
        """Return it in a line as a clerk reads it out."""
        at = timezone.localtime(self.run.next_at)  # type: ignore[attr-defined]
        place = place_words(self.run.venue, self.run.room)
        when = f"{date_format(at, 'n月j日 l')} {said(at)}"
        return f"{self.run.title}，{when}，{place}，{self.room_words}（{self.near.words}，{self.run.code}）"

    @property
    def room_words(self) -> str:
        """Return how many seats there are."""
        if self.waits:
            return f"满了，候补 {self.seats.waiting} 位"
        return "座位不限" if self.seats.free is None else f"还空 {self.seats.free} 座"


def classes_elsewhere(enrolment: Enrolment, *, user: User, now: datetime) -> list[Elsewhere]:
    """Return up to 20 classes that ``user`` may move this enrolment to; those with room first, then the nearest.

    Whether the learner's other classes leave the time free is asked when they are moved.
    """
    run = enrolment.run
    taken = Enrolment.objects.filter(learner=enrolment.learner_id, state__in=LIVE_STATES)
    rows = upcoming_runs(now=now).visible_to(user).exclude(pk__in=taken.values("run"))
    candidates = list(rows[:LOOKED_AT])
    stand = states_of(candidates, now=now)
    here = _spot(run.venue)
    open_ones = [
        Elsewhere(each, stand[each.pk][1], near(here, _spot(each.venue)), waits)
        for each in candidates
        if (waits := _waits(each, *stand[each.pk])) is not None
    ]
    ordered = sorted(open_ones, key=lambda each: (each.waits, each.near, each.run.module_id != run.module_id))
    return ordered[:SHOWN]


def _waits(run: CourseRun, state: RunState, seats: Seats) -> bool | None:
    """Return whether a newcomer would wait; None where they would be turned away."""
    entered = entry(state, seats, enrol_from=run.enrol_from, is_staff=True)
    return entered is EnrolmentState.WAITLISTED if isinstance(entered, EnrolmentState) else None


def _spot(venue: Venue | None) -> Spot | None:
    if venue is None:
        return None
    area = venue.area
    district = area if area.kind == AreaKind.DISTRICT else area.parent
    return Spot(venue.pk, area.pk, district.code if district else area.code)
